// The messages between our own pages (popup, panel, options) and the background.
//
// A page sends { verb, ...ask }; the background answers { ok: true, value } or
// { ok: false, fault }. Only our own extension pages may ask: background/router.js
// checks the sender. Content scripts send no messages at all; they answer as the
// result of their injection (see content/collect.js).
//
// Types of the core (PreviewResponse, Draft, Item, Answer, Fault, …) come from
// core.d.ts, which is generated from the Go structs.

import type {
  Answer, CheckResponse, Draft, DraftResponse, Enclave, Fault, FillSettings, IndexStatus, IndexVerifyResponse, Item,
  OriginResponse, PreviewResponse, Profile, Reference, TestResponse,
} from "./core.js";

/** What the user asked for when the job began; decides which view the panel opens with. */
export type Intent = "preview" | "report" | "related";

/** One look at one page. Lives in storage.session: gone when the browser closes. */
export interface Job {
  id: string;
  intent: Intent;
  state: "reading" | "ready" | "failed";
  /** "selection" when the text was highlighted, "page" for all visible text. */
  scope: "selection" | "page";
  tabId: number;
  title: string;
  url: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Null until the state is "ready". */
  preview: PreviewResponse | null;
  /** Frames whose text was read, and those that the browser keeps from us. */
  frames: { read: number; unreadable: number };
  /** True when the text was longer than what is read at once. */
  truncated: boolean;
  /** UTF-16 units of text that were read. */
  length: number;
  /** Why it failed; null otherwise. */
  fault: Fault | null;
}

/** A profile as pages see it: never its secret. */
export interface ProfileView extends Omit<Profile, "secret"> {
  /** When a secret was stored, milliseconds since 1970; 0 when there is none. */
  secretSetAt: number;
  /** Host in ASCII and the match pattern that must be granted. */
  host: string;
  pattern: string;
  /** Whether the browser lets us reach the host. */
  permitted: boolean;
}

export interface Settings {
  /** Whether finds are painted in the page (the page can notice). */
  highlight: boolean;
}

/** The index of cases and alerts, and what is being done about it. */
export interface IndexView {
  status: IndexStatus;
  /** Ids of the profiles whose filling the user stopped. */
  paused: string[];
  /** Ids of the profiles that are being filled in this moment. */
  filling: string[];
  /** What of the stored index was lost and is fetched again, until it is there; null otherwise. */
  damage: { at: number; words: string } | null;
  /** Why filling failed in this browser; what befell a platform is in the status. */
  trouble: Fault | null;
}

/** All that a page needs to draw itself. */
export interface State {
  job: Job | null;
  profiles: ProfileView[];
  /** The draft that is being written; null when there is none. */
  draft: Draft | null;
  /** Newest first. */
  outbox: Item[];
  settings: Settings;
  version: string;
}

/** verb → [ask, answer] */
export interface Verbs {
  state: [{}, State];

  /** Reads the tab (the active one when 0): its selection, or all visible text when nothing is selected or scope is "page". Keeps the job. */
  "preview.tab": [{ tabId: number; scope: "auto" | "page"; intent: Intent }, Job];
  /** Paints the finds with these keys in the page, all that are not held back when empty; answers how many ranges. */
  "highlight.show": [{ keys: string[] }, { painted: number }];
  "highlight.clear": [{}, {}];
  /** Scrolls the page to the first appearance of one find and marks it. */
  "highlight.reveal": [{ key: string }, { found: boolean }];

  /** Makes a draft of the present job and keeps it in place of the old one. */
  "draft.make": [{ kept: string[]; profileId: string }, DraftResponse];
  "draft.save": [{ draft: Draft }, { savedAt: number }];
  "draft.check": [{ draft: Draft }, CheckResponse];
  "draft.discard": [{ id: string }, {}];
  /** Answers after the item is committed to disk; the draft is discarded in the same transaction. */
  "draft.submit": [{ draft: Draft; hash: string }, Item];

  "outbox.retry": [{ id: string }, Item];
  /** Makes a draft again of an item that was stopped. */
  "outbox.reopen": [{ id: string }, Draft];
  "outbox.discard": [{ id: string }, {}];

  enclaves: [{ profileId: string }, Enclave[]];

  related: [{ indicators: Reference[] }, Answer];
  "related.cancel": [{}, {}];

  /** How far the index is. Loads it: not for what must be quick. */
  "index.status": [{}, IndexView];
  /** Switches the index of a profile on or off, or changes its budget. */
  "index.set": [{ profileId: string; settings: FillSettings }, IndexView];
  /** Goes on now, also where it was stopped. Answers when it has begun. */
  "index.fill": [{ profileId: string }, IndexView];
  /** Ends the filling until "index.fill" or "index.set"; what has come is kept. */
  "index.stop": [{ profileId: string }, IndexView];
  /** Deletes what the index has of a profile, and switches it off. */
  "index.empty": [{ profileId: string }, IndexView];
  "index.verify": [{}, IndexVerifyResponse];

  "profile.origin": [{ baseUrl: string }, OriginResponse];
  /** An empty secret keeps the stored one. */
  "profile.save": [{ profile: Profile }, ProfileView];
  "profile.delete": [{ id: string }, {}];
  /** Tries a profile that need not be saved; an empty secret uses the stored one. */
  "profile.test": [{ profile: Profile }, TestResponse];

  "settings.save": [{ settings: Settings }, {}];
}

export type Verb = keyof Verbs;
export type Ask<V extends Verb> = { verb: V } & Verbs[V][0];
export type Reply<V extends Verb> = { ok: true; value: Verbs[V][1] } | { ok: false; fault: Fault };

/** Sent by the background to all our pages when something changed; they ask for "state" again. */
export interface Changed {
  event: "changed";
  what: "job" | "draft" | "outbox" | "profiles" | "settings" | "index";
}
