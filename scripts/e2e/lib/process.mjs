// Starts child processes and stops exactly those, by their own handles.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Resolves after ms milliseconds. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Polls until probe answers something truthy, and answers that.
 * @param {string} what named in the error when the time runs out
 */
export async function until(what, probe, { timeout = 10_000, every = 50 } = {}) {
  const deadline = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms for ${what}`, { cause: last });
    await sleep(every);
  }
}

/** Ends a child process: asks first, insists after two seconds. */
export async function stop(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
  await gone;
  clearTimeout(timer);
}

/**
 * Starts a program that prints one JSON line on standard output when it is ready.
 * Answers the line and a stop function; what it logs is kept for error messages.
 */
export async function startReady(file, args, { env = {}, cwd } = {}) {
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env }, cwd });
  let log = "";
  child.stderr.on("data", (chunk) => {
    log = (log + chunk).slice(-20_000);
  });
  const first = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${file} ${args.join(" ")} ended with ${code} before it was ready:\n${log}`)));
  });
  const ready = JSON.parse(await first);
  return { ...ready, child, log: () => log, stop: () => stop(child) };
}
