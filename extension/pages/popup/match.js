// Whether a job is about the tab in front of the user.

/**
 * @param {{ tabId: number, url: string }} job
 * @param {{ id?: number | undefined, url?: string | undefined } | undefined} tab url is absent where the browser keeps it from us
 */
export function isOf(job, tab) {
  if (tab?.id !== job.tabId) return false;
  return tab.url === undefined || bare(tab.url) === bare(job.url);
}

/** Without the fragment: a link within the page leads to the same text. @param {string} address */
const bare = (address) => address.split("#", 1)[0];
