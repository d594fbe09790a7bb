// What the panel does when it is told to.

import { ask } from "../../lib/messages.js";
import { copy } from "../shared/clipboard.js";
import { confirmed } from "../shared/confirm.js";
import { t, tn } from "../shared/i18n.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */
/** @typedef {import("../../types/core.js").Item} Item */

/**
 * @param {Model} model
 * @param {"auto" | "page"} scope
 */
export async function read(model, scope) {
  await model.tasks.run("read", t("waitRead"), () => ask("preview.tab", { tabId: 0, scope, intent: "preview" }));
  await model.refresh();
}

/**
 * @param {Model} model
 * @param {string} text
 */
export async function copyText(model, text) {
  model.say(t((await copy(text)) ? "copied" : "copyRefused"));
}

/** Copies the kept indicators as they are shown, one a line. @param {Model} model */
export async function copyKept(model) {
  const kept = model.kept;
  const done = await copy(kept.map(({ defanged }) => defanged).join("\n"));
  model.say(done ? tn("copiedMany", kept.length) : t("copyRefused"));
}

/**
 * @param {Model} model
 * @param {Indicator} indicator
 */
export async function reveal(model, indicator) {
  const answer = await model.tasks.run("page", t("waitPage"), () => ask("highlight.reveal", { key: indicator.key }));
  if (answer) model.say(t(answer.found ? "revealed" : "notRevealed"));
}

/** @param {Model} model */
export async function togglePaint(model) {
  if (model.painted) {
    model.painted = false;
    await model.tasks.run("page", t("waitPage"), () => ask("highlight.clear", {}));
    return;
  }
  const answer = await model.tasks.run("page", t("waitPage"), () => ask("highlight.show", { keys: [] }));
  if (!answer) return;
  model.painted = true;
  model.say(tn("painted", answer.painted));
  model.draw();
}

/** Asks all platforms about the kept indicators. @param {Model} model */
export async function lookUp(model) {
  const asked = model.kept.map(({ type, value }) => ({ type, value }));
  if (asked.length === 0) return;
  const jobId = model.job?.id;
  const names = (model.state?.profiles ?? []).map(({ name }) => name).join(", ");
  const answer = await model.tasks.run(
    "related",
    t("waitRelated", names),
    () => ask("related", { indicators: asked }),
    () => void ask("related.cancel", {}).catch(() => undefined),
  );
  // An answer about another page than the present one is of no use.
  if (!answer || model.job?.id !== jobId) return;
  model.takeAnswer({ answer, asked, at: Date.now() });
}

/**
 * Makes a draft of the kept indicators' passage, in place of the old one.
 *
 * @param {Model} model
 * @param {string} profileId "" for the first TruSTAR profile
 */
export async function makeDraft(model, profileId) {
  if (model.editor.draft) {
    const yes = await confirmed(model.arm, {
      title: t("replaceTitle"),
      words: t("replaceWords"),
      yes: t("replaceYes"),
    });
    if (!yes) return;
  }
  const kept = model.kept.map(({ key }) => key);
  const made = await model.tasks.run("draft", t("waitDraft"), () => ask("draft.make", { kept, profileId }));
  if (!made) return;
  model.notices = made.notices;
  model.submitted = "";
  model.editor.adopt(made.draft);
  await model.refresh();
}

/** @param {Model} model */
export async function discardDraft(model) {
  const id = model.editor.draft?.id;
  if (!id) return;
  const yes = await confirmed(model.arm, { title: t("discardTitle"), words: t("discardWords"), yes: t("discardYes") });
  if (!yes) return;
  await model.tasks.run("draft", t("waitDraft"), () => ask("draft.discard", { id }));
  await model.refresh();
}

/** Files the draft, if what would be sent is what was shown. @param {Model} model */
export async function submit(model) {
  const { editor } = model;
  await editor.flush();
  const { draft, checked } = editor;
  if (!draft || !checked || !editor.fileable) return;
  const item = await model.tasks.run("submit", t("waitSubmit"), () =>
    ask("draft.submit", { draft, hash: checked.prepared.hash }),
  );
  if (!item) {
    // Should the core see other bytes than were shown, these are shown next.
    await editor.check();
    return;
  }
  model.submitted = item.id;
  model.notices = [];
  model.say(t("submitted"));
  await model.refresh();
}

/** Asks which enclaves the profile has, once. @param {Model} model @param {string} profileId @param {boolean} [anew] */
export async function fetchEnclaves(model, profileId, anew = false) {
  const name = `enclaves ${profileId}`;
  if (!profileId || model.tasks.busy(name)) return;
  if (!anew && (model.enclaves.has(profileId) || model.tasks.fault(name))) return;
  const enclaves = await model.tasks.run(name, t("waitEnclaves"), () => ask("enclaves", { profileId }));
  if (!enclaves) return;
  model.enclaves.set(profileId, enclaves);
  for (const { id, name: words } of enclaves) model.enclaveNames.set(id, words);
  model.draw();
}

/**
 * @param {Model} model
 * @param {Item} item
 */
export async function retry(model, item) {
  await model.tasks.run(item.id, t("waitOutbox"), () => ask("outbox.retry", { id: item.id }));
  await model.refresh();
}

/**
 * Makes a draft of a stopped item again.
 *
 * @param {Model} model
 * @param {Item} item
 */
export async function reopen(model, item) {
  if (model.editor.draft) {
    const yes = await confirmed(model.arm, {
      title: t("replaceTitle"),
      words: t("replaceWords"),
      yes: t("replaceYes"),
    });
    if (!yes) return;
  }
  const draft = await model.tasks.run(item.id, t("waitOutbox"), () => ask("outbox.reopen", { id: item.id }));
  if (draft) model.editor.adopt(draft);
  await model.refresh();
}

/**
 * @param {Model} model
 * @param {Item} item
 */
export async function discard(model, item) {
  if (item.state !== "filed") {
    const yes = await confirmed(model.arm, {
      title: t("discardItemTitle"),
      words: t("discardItemWords", item.draft.title),
      yes: t("discardYes"),
    });
    if (!yes) return;
  }
  await model.tasks.run(item.id, t("waitOutbox"), () => ask("outbox.discard", { id: item.id }));
  await model.refresh();
}
