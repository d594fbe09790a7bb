// What the panel knows, and how it comes to know it.

import { ask } from "../../lib/messages.js";
import { recallAnswer, rememberAnswer } from "../shared/answered.js";
import { Arm } from "../shared/arm.js";
import { t } from "../shared/i18n.js";
import { recall, remember } from "../shared/session.js";
import { Tasks } from "../shared/tasks.js";
import { Choice } from "./choice.js";
import { Editor } from "./editor.js";
import { present } from "./zone.js";

/** @typedef {import("../../types/messages.js").State} State */
/** @typedef {import("../../types/messages.js").Job} Job */
/** @typedef {import("../../types/core.js").Answer} Answer */
/** @typedef {import("../../types/core.js").Enclave} Enclave */
/** @typedef {import("../../types/core.js").Reference} Reference */
/** @typedef {"indicators" | "report" | "related"} View */
/** @typedef {{ jobId: string, done: string, dropped: string[], added: string[] }} Remembered */

/** @type {Record<Job["intent"], View>} */
const firstView = { preview: "indicators", report: "report", related: "related" };

const MEMORY = "panel";

export class Model {
  /** Null until the first answer. @type {State | null} */ state = null;
  /** @type {View} */ view = "indicators";

  choice = new Choice();
  query = "";
  /** The only type that is listed; "" lists all. */ type = "";
  /** Key of the indicator that the keys act on. */ current = "";
  /** Keys of indicators whose details are unfolded. @type {Set<string>} */ open = new Set();
  /** Types whose long lists are drawn in full. @type {Set<string>} */ full = new Set();
  heldOpen = false;
  weakOpen = false;
  /** Whether the finds are painted in the page. */ painted = false;

  /** @type {Answer | null} */ answer = null;
  /** What the answer is about. @type {Reference[]} */ asked = [];
  answeredAt = 0;
  /** How far the index is, null until somebody wants to know. @type {import("../../types/messages.js").IndexView | null} */ index = null;

  /** By profile. @type {Map<string, Enclave[]>} */ enclaves = new Map();
  /** Names by id of all enclaves that were ever listed. @type {Map<string, string>} */ enclaveNames = new Map();
  /** What was typed last into the field for enclave ids. */ typedIds = "";
  /** What the core had to say when it made the draft. @type {string[]} */ notices = [];
  /** Id of the item that was filed last from here. */ submitted = "";

  /** The id of the job that the user no longer waits for. */ #given = "";
  /** The id of the job whose intent was carried out. */ #done = "";
  #jobId = "";
  #asking = false;
  #again = false;

  /**
   * @param {() => void} draw
   * @param {(words: string) => void} say tells the user something in passing
   */
  constructor(draw, say) {
    this.draw = draw;
    this.say = say;
    this.tasks = new Tasks(draw);
    this.arm = new Arm();
    this.editor = new Editor({
      save: (draft) => ask("draft.save", { draft }),
      check: (draft) => ask("draft.check", { draft }),
      changed: draw,
      now: Date.now,
      present,
    });
  }

  /** The job, unless the user gave up waiting for it. */
  get job() {
    const job = this.state?.job ?? null;
    return job?.id === this.#given && job.state === "reading" ? null : job;
  }

  get indicators() {
    return this.job?.preview?.indicators ?? [];
  }

  get kept() {
    return this.choice.kept(this.indicators);
  }

  /** The profiles of one platform. @param {string} platform */
  profiles(platform) {
    return (this.state?.profiles ?? []).filter((profile) => profile.platform === platform);
  }

  /** @param {View} view */
  show(view) {
    // What was said in passing was about another view.
    if (view !== this.view) this.say("");
    this.view = view;
    this.draw();
  }

  /** Stops waiting for the job; should it come all the same, it is shown. */
  giveUp() {
    this.#given = this.state?.job?.id ?? "";
    this.draw();
  }

  /**
   * Asks for the state and draws it; calls that come while one is under way share
   * the next.
   */
  async refresh() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    do {
      this.#again = false;
      const state = await this.tasks.run("state", t("waitState"), () => ask("state", {}));
      if (state) await this.#take(state);
    } while (this.#again);
    this.#asking = false;
    this.draw();
  }

  /** @param {State} state */
  async #take(state) {
    const jobId = state.job?.id ?? "";
    if (jobId !== this.#jobId) {
      this.#jobId = jobId;
      /** @type {Remembered} */
      const memory = await recall(MEMORY, { jobId: "", done: "", dropped: [], added: [] });
      this.choice = new Choice(memory.jobId === jobId ? memory : {});
      this.#done = memory.done;
      for (const name of ["read", "page", "related"]) this.tasks.dismiss(name);
      this.query = this.type = this.current = "";
      this.open = new Set();
      this.full = new Set();
      this.weakOpen = false;
      const answered = await recallAnswer(jobId);
      this.answer = answered?.answer ?? null;
      this.asked = answered?.asked ?? [];
      this.answeredAt = answered?.at ?? 0;
      this.painted = state.settings.highlight;
      if (state.job) this.view = firstView[state.job.intent];
    }
    this.state = state;
    this.editor.adopt(state.draft);
  }

  /** How far the index of a profile is by now, if that is known. @param {string} profileId */
  filling(profileId) {
    return this.index?.status.profiles.find((progress) => progress.profileId === profileId);
  }

  /** Follows an index that was not complete when it answered. */
  async refreshIndex() {
    const waits = this.answer?.sources.some(({ indexState }) => indexState === "filling");
    if (!waits || this.view !== "related" || this.tasks.busy("index")) return;
    const view = await this.tasks.run("index", "", () => ask("index.status", {}));
    if (view) this.index = view;
    this.draw();
  }

  /**
   * Whether the job's intent is still to be carried out. True once a job, however
   * often the panel is opened: nothing is asked of a platform twice for one gesture.
   */
  takeIntent() {
    if (this.job?.state !== "ready" || this.#done === this.#jobId) return false;
    this.#done = this.#jobId;
    this.#remember();
    return true;
  }

  /** Forgets what was learnt with the profiles as they were. */
  forgetEnclaves() {
    for (const { id } of this.state?.profiles ?? []) this.tasks.dismiss(`enclaves ${id}`);
    this.enclaves.clear();
  }

  /** @param {import("../shared/answered.js").Answered} answered */
  takeAnswer({ answer, asked, at }) {
    this.answer = answer;
    this.asked = asked;
    this.answeredAt = at;
    void rememberAnswer(this.#jobId, { answer, asked, at });
    this.draw();
  }

  /**
   * @param {import("../../types/core.js").PreviewIndicator[]} indicators
   * @param {boolean} keep
   */
  keep(indicators, keep) {
    for (const indicator of indicators) this.choice.set(indicator, keep);
    this.#remember();
    this.draw();
  }

  #remember() {
    void remember(MEMORY, { jobId: this.#jobId, done: this.#done, ...this.choice.stored() });
  }
}
