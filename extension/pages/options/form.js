// A profile while it is being written, and the check of its address.

import { ask } from "../../lib/messages.js";
import { t } from "../shared/i18n.js";
import { platformOf, platforms } from "./platforms.js";

/** @typedef {import("../../types/core.js").Profile} Profile */
/** @typedef {import("../../types/core.js").Enclave} Enclave */
/** @typedef {import("../../types/core.js").OriginResponse} Origin */
/** @typedef {import("../../types/messages.js").ProfileView} ProfileView */
/** @typedef {import("./options.js").Options} Options */

/** A pause in typing an address, in milliseconds, after which it is checked. */
const PAUSE = 250;

export class Form {
  /** @type {Profile} */ profile;
  /** When the stored secret was set; 0 when there is none. */ secretSetAt;
  /** The pattern of the host that the browser lets us reach already; "" if it does not. */ permitted;
  /** Stellar Cyber: whether the secret is a user-scoped key, which needs no user. */ scoped;
  /** The answer of the last check of the address, null while it is being checked. @type {Origin | null} */ origin =
    null;
  /** Known after a test. @type {Enclave[]} */ enclaves = [];
  /** What was typed last into the field for enclave ids. */ typedIds = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #options;

  /**
   * @param {Options} options
   * @param {ProfileView | import("./platforms.js").PlatformId} from a profile to change, or the platform of a new one
   */
  constructor(options, from) {
    this.#options = options;
    if (typeof from === "string") {
      this.profile = empty(from);
      this.secretSetAt = 0;
      this.scoped = false;
      this.permitted = "";
    } else {
      const { id, platform, name, baseUrl, apiVersion, identity, orgId = "", enclaveIds, webUrl } = from;
      this.profile = { id, platform, name, baseUrl, apiVersion, identity, secret: "", orgId, enclaveIds, webUrl };
      this.secretSetAt = from.secretSetAt;
      this.permitted = from.permitted ? from.pattern : "";
      this.scoped = platform === "stellarcyber" && identity === "" && from.secretSetAt > 0;
      void this.checkAddress();
    }
  }

  get platform() {
    return platformOf(this.profile.platform);
  }

  get isNew() {
    return this.profile.id === "";
  }

  /** Why it cannot be saved yet, in words; "" when it can. */
  get missing() {
    const { name, baseUrl, identity, secret, orgId = "" } = this.profile;
    if (name.trim() === "") return t("missingName");
    if (baseUrl.trim() === "") return t("missingAddress");
    if (this.origin === null || this.origin.pattern === "") return t("missingValidAddress");
    if (this.platform.identity(this) && identity.trim() === "") return t(this.platform.missingIdentity);
    if (secret === "" && this.secretSetAt === 0) return t("missingSecret");
    if (this.platform.needsOrganization(this) && orgId.trim() === "") return t("missingOrganization");
    return "";
  }

  /** @param {Partial<Profile>} fields */
  edit(fields) {
    this.profile = { ...this.profile, ...fields };
    if (fields.baseUrl !== undefined) {
      this.origin = null;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.checkAddress(), PAUSE);
    }
    this.#options.draw();
  }

  /** Which host the address means, and what the browser must be asked for. */
  async checkAddress() {
    const { baseUrl } = this.profile;
    if (baseUrl.trim() === "") return;
    const origin = await this.#options.tasks.run("origin", t("waitOrigin"), () => ask("profile.origin", { baseUrl }));
    if (!origin || this.profile.baseUrl !== baseUrl) return;
    this.origin = origin;
    this.#options.draw();
  }

  /** As it is sent to be saved or tried. @returns {Profile} */
  get complete() {
    const { profile, origin } = this;
    return {
      ...profile,
      name: profile.name.trim(),
      identity: this.platform.identity(this) ? profile.identity.trim() : "",
      orgId: (profile.orgId ?? "").trim(),
      baseUrl: origin?.baseUrl || profile.baseUrl,
    };
  }
}

/**
 * @param {import("./platforms.js").PlatformId} platform
 * @returns {Profile}
 */
function empty(platform) {
  const { name, versions } = platforms[platform];
  return {
    id: "",
    platform,
    name,
    baseUrl: "",
    apiVersion: versions[0] ?? "",
    identity: "",
    secret: "",
    orgId: "",
    enclaveIds: [],
    webUrl: "",
  };
}
