// What the form asks for each platform, and in which words.

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("../shared/icons.js").IconName} IconName */

/**
 * @typedef {object} Platform
 * @property {string} name
 * @property {IconName} icon
 * @property {string[]} versions of its API, the one for new profiles first; none where there is no choice
 * @property {string} hint about the address
 * @property {(form: Form) => string} identity the label of the name to sign in with; "" where none is needed
 * @property {string} missingIdentity
 * @property {(form: Form) => string} secret the label of the secret
 * @property {(form: Form) => string} organization the label of the organization's id; "" where there is none
 * @property {(form: Form) => boolean} needsOrganization
 * @property {boolean} hasPages whether its objects have pages for people, to which links lead
 */

/** @typedef {"trustar" | "stellarcyber" | "threatstack"} PlatformId */

const none = () => "";
const never = () => false;

/** Threat Stack's version 2 signs each request as a user of an organization. @param {Form} form */
const signs = ({ profile }) => profile.apiVersion === "2";

/** @type {Record<PlatformId, Platform>} */
export const platforms = {
  trustar: {
    name: "TruSTAR",
    icon: "report",
    versions: ["1.3", "1.2"],
    hint: "hintBaseUrlTrustar",
    identity: () => "fieldApiKey",
    missingIdentity: "missingKey",
    secret: () => "fieldApiSecret",
    organization: none,
    needsOrganization: never,
    hasPages: true,
  },
  stellarcyber: {
    name: "Stellar Cyber",
    icon: "case",
    versions: [],
    hint: "hintBaseUrlStellar",
    identity: ({ scoped }) => (scoped ? "" : "fieldUser"),
    missingIdentity: "missingUser",
    secret: ({ scoped }) => (scoped ? "fieldScopedKey" : "fieldRefreshToken"),
    organization: none,
    needsOrganization: never,
    hasPages: true,
  },
  threatstack: {
    name: "Threat Stack",
    icon: "alert",
    versions: ["2", "1"],
    hint: "hintBaseUrlThreatStack",
    identity: (form) => (signs(form) ? "fieldUserId" : ""),
    missingIdentity: "missingUserId",
    secret: () => "fieldApiKey",
    organization: () => "fieldOrganization",
    needsOrganization: signs,
    hasPages: false,
  },
};

/** @param {string} id @returns {id is PlatformId} */
export const isPlatform = (id) => Object.hasOwn(platforms, id);

/** What is asked for a profile; one of a platform that is not known any more is asked as TruSTAR's is. @param {string} id */
export const platformOf = (id) => platforms[isPlatform(id) ? id : "trustar"];
