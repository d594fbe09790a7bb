// The verbs that our own pages may ask, and who carries them out.

import { api } from "../lib/browser.js";
import { core } from "./core.js";
import * as drafts from "./drafts.js";
import * as highlights from "./highlights.js";
import * as index from "./index.js";
import * as jobs from "./jobs.js";
import * as outbox from "./outbox.js";
import * as platforms from "./platforms.js";
import * as profiles from "./profiles.js";
import * as settings from "./settings.js";

/** @typedef {import("../types/messages.js").Verbs} Verbs */
/** @typedef {{ [V in keyof Verbs]: (ask: Verbs[V][0]) => Verbs[V][1] | Promise<Verbs[V][1]> }} Table */

/** @returns {Promise<import("../types/messages.js").State>} */
async function state() {
  const [job, views, draft, items, kept] = await Promise.all([
    jobs.current(),
    profiles.views(),
    drafts.current(),
    outbox.list(),
    settings.read(),
  ]);
  return { job, profiles: views, draft, outbox: items, settings: kept, version: api.runtime.getManifest().version };
}

/** @type {Table} */
export const verbs = {
  state,

  "preview.tab": (ask) => jobs.begin({ tabId: ask.tabId, scope: ask.scope, intent: ask.intent }),
  "highlight.show": async ({ keys }) => ({ painted: await highlights.show(keys) }),
  "highlight.clear": async () => (await highlights.clear(), {}),
  "highlight.reveal": async ({ key }) => ({ found: await highlights.reveal(key) }),

  "draft.make": (ask) => drafts.make(ask.kept, ask.profileId),
  "draft.save": async ({ draft }) => ({ savedAt: await drafts.save(draft) }),
  "draft.check": ({ draft }) => core.call("check", { draft }),
  "draft.discard": async ({ id }) => (await drafts.discard(id), {}),
  "draft.submit": ({ draft, hash }) => outbox.submit(draft, hash),

  "outbox.retry": ({ id }) => outbox.retry(id),
  "outbox.reopen": ({ id }) => outbox.reopen(id),
  "outbox.discard": async ({ id }) => (await outbox.discard(id), {}),

  enclaves: ({ profileId }) => platforms.enclaves(profileId),
  related: ({ indicators }) => platforms.related(indicators),
  "related.cancel": () => (platforms.cancelRelated(), {}),

  "index.status": () => index.view(),
  "index.set": ({ profileId, settings: wish }) => index.set(profileId, wish),
  "index.fill": ({ profileId }) => index.fill(profileId),
  "index.stop": ({ profileId }) => index.stop(profileId),
  "index.empty": ({ profileId }) => index.empty(profileId),
  "index.verify": () => index.verify(),

  "profile.origin": ({ baseUrl }) => core.call("origin", { baseUrl }),
  "profile.save": async ({ profile }) => {
    const view = await profiles.save(profile);
    void outbox.profileChanged(view.id);
    void platforms.forgetAnswers();
    void index.profileChanged(view.id);
    return view;
  },
  "profile.delete": async ({ id }) => {
    await index.forget(id); // while there is still somebody whose it is
    await profiles.remove(id);
    await platforms.forgetAnswers();
    return {};
  },
  "profile.test": ({ profile }) => platforms.test(profile),

  "settings.save": async (ask) => (await settings.save(ask.settings), {}),
};
