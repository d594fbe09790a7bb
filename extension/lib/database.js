// One IndexedDB for all that must outlive the background: drafts, outbox, profiles, the
// index of cases and alerts.
//
// What transact() resolved for is on the disk: every writing transaction is opened
// with strict durability, because Chromium's default only promises that the system
// was told (a power cut loses it).

import { FaultError, makeFault } from "./faults.js";

const name = "sightline";

/** How long an old connection may block the opening, milliseconds. */
const patience = 3000;

/** @typedef {"drafts" | "outbox" | "profiles" | "keys" | "passages" | "index"} StoreName */

/**
 * The steps from each version to the next. A later version adds a step and never
 * changes one.
 *
 * @type {((db: IDBDatabase) => void)[]}
 */
const steps = [
  (db) => {
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("outbox", { keyPath: "id" });
    db.createObjectStore("profiles", { keyPath: "id" });
    db.createObjectStore("keys"); // CryptoKeys, by name
    db.createObjectStore("passages"); // text of pages, by job; emptied at every start of the browser
  },
  (db) => {
    db.createObjectStore("index"); // what core/bridge gives of the index, sealed, by the names in background/indexstore.js
  },
];

const version = steps.length;

/**
 * Brings a database up to the present version.
 *
 * @param {IDBDatabase} db
 * @param {number} from its version; 0 is none
 */
export function upgrade(db, from) {
  for (const step of steps.slice(from)) step(db);
}

/** @type {Promise<IDBDatabase> | null} */
let connection = null;

/** @returns {Promise<IDBDatabase>} */
function connect() {
  connection ??= open().catch((cause) => {
    connection = null; // the next call tries again
    throw cause;
  });
  return connection;
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    opening.onupgradeneeded = (event) => {
      upgrade(opening.result, event.oldVersion);
    };
    opening.onblocked = () => {
      timer = setTimeout(() => {
        reject(storageFault("Another part of Sightline holds the storage open.", "Close other Sightline tabs, then try again."));
      }, patience);
    };
    opening.onerror = () => {
      clearTimeout(timer);
      reject(openingFault(opening.error));
    };
    opening.onsuccess = () => {
      clearTimeout(timer);
      const db = opening.result;
      // A newer Sightline wants to upgrade, or the browser closed us: let go, and
      // open anew when somebody asks.
      db.onversionchange = () => {
        connection = null;
        db.close();
      };
      db.onclose = () => {
        connection = null;
      };
      resolve(db);
    };
  });
}

/**
 * Runs body in one transaction and resolves with its result once that is on disk.
 * When body throws, nothing of it is kept.
 *
 * @template T
 * @param {StoreName[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(store: (name: StoreName) => IDBObjectStore) => T | Promise<T>} body may await nothing but done() of its own requests
 * @returns {Promise<T>}
 */
export async function transact(stores, mode, body) {
  const db = await connect();
  const transaction = begin(db, stores, mode);
  const committed = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  committed.catch(() => {}); // reported below, or overtaken by what body threw
  let result;
  try {
    result = await body((store) => transaction.objectStore(store));
  } catch (thrown) {
    try {
      transaction.abort();
    } catch {
      // It aborted by itself; committed says why.
      await committed.catch((cause) => translate(cause));
    }
    throw thrown instanceof DOMException ? translate(thrown) : thrown;
  }
  await committed.catch((cause) => translate(cause));
  return result;
}

/**
 * @param {IDBDatabase} db
 * @param {StoreName[]} stores
 * @param {"readonly" | "readwrite"} mode
 */
function begin(db, stores, mode) {
  try {
    return db.transaction(stores, mode, { durability: "strict" });
  } catch (cause) {
    connection = null; // closed under our feet
    return translate(cause);
  }
}

/**
 * The result of one request.
 *
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {unknown} cause
 * @returns {never}
 */
function translate(cause) {
  if (!(cause instanceof DOMException)) throw cause;
  if (cause.name === "QuotaExceededError") {
    throw storageFault("The browser has no room left.", "Free some disk space or discard filed reports, then try again.", cause);
  }
  throw storageFault("The browser could not keep it.", "Try again; copy your text first.", cause);
}

/** @param {DOMException | null} cause */
function openingFault(cause) {
  if (cause?.name === "VersionError") {
    return storageFault("Sightline's storage was written by a newer version.", "Update Sightline.", cause);
  }
  if (cause?.name === "InvalidStateError") {
    return storageFault(
      "This browser is set to remember nothing, so reports cannot be kept.",
      "Allow the browser to keep history, or use another profile.",
      cause,
    );
  }
  return storageFault("The browser could not open Sightline's storage.", "Start the browser again; copy your text first.", cause);
}

/**
 * @param {string} what
 * @param {string} todo
 * @param {DOMException | null} [cause]
 */
function storageFault(what, todo, cause) {
  const detail = cause ? `${cause.name}: ${cause.message}` : "";
  return new FaultError(makeFault("storage", what, { kept: "What was saved before is still there.", todo, detail }));
}
