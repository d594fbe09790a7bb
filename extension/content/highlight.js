// Paints finds over what collect.js read, by the CSS Custom Highlight API.
//
// No node changes. The page can still see that something is painted, so the names are
// random, nothing is painted unasked, and all goes by clear() or after a while.

(() => {
  /** Work done before the page gets its turn, milliseconds. */
  const slice = 8;
  /** How long paint stays when nobody clears it, milliseconds. */
  const lifetime = 10 * 60 * 1000;
  /** How long a revealed find stays marked, milliseconds. */
  const glance = 4000;

  /** @typedef {{ text: string, nodes: Text[], starts: number[], ends: number[], offsets: number[] }} TextMap from collect.js */
  /** @typedef {{ node: Text, offset: number }} Point */
  /** @type {any} Our isolated world. */
  const world = globalThis;
  world.sightline ??= {};
  if (world.sightline.highlight) return;

  const random = () => "h" + Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36)).join("");
  /** @type {{ all: string, one: string } | null} */
  let names = null;
  /** @type {CSSStyleSheet | null} */
  let sheet = null;
  /** @type {Set<Document | ShadowRoot>} Trees that hold our rules. */
  const styled = new Set();
  let generation = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** The last piece that begins at or before a position. @param {number[]} starts @param {number} at */
  function pieceAt(starts, at) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a find is; null when the page no longer says there what was read. @param {TextMap} map @param {number} start @param {number} end */
  function locate(map, start, end) {
    const first = edge(map, pieceAt(map.starts, start), start);
    const last = edge(map, pieceAt(map.starts, end - 1), end);
    if (!first || !last) return null;
    if (first.node === last.node && first.offset >= last.offset) return null;
    return { first, last };
  }

  /** @param {TextMap} map @param {number} index @param {number} at */
  function edge(map, index, at) {
    const node = map.nodes[index];
    const start = map.starts[index];
    const end = map.ends[index];
    if (!node?.isConnected || at < start || at > end) return null;
    const offset = map.offsets[index];
    if (!node.data.startsWith(map.text.slice(start, end), offset)) return null; // rewritten since
    return { node, offset: offset + at - start };
  }

  /** Gives a node's tree our rules, once. @param {Node} node */
  function style(node) {
    names ??= { all: random(), one: random() };
    const root = /** @type {Document | ShadowRoot} */ (node.getRootNode());
    if (styled.has(root)) return names;
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `::highlight(${names.all}){background-color:#ffe08a;color:#1b1b1b}` +
          `::highlight(${names.one}){background-color:#ff9f43;color:#1b1b1b;text-decoration:underline 2px}`,
      );
    }
    styled.add(root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return names;
  }

  /** @param {{ first: Point, last: Point }} place */
  const rangeOf = ({ first, last }) =>
    new StaticRange({ startContainer: first.node, startOffset: first.offset, endContainer: last.node, endOffset: last.offset });

  /** @param {string} id that collect.js gave it @returns {TextMap | null} */
  const mapOf = (id) => (world.sightline.map?.id === id ? world.sightline.map : null);

  const rest = () => new Promise((resolve) => setTimeout(resolve));

  /** Paints spans: pairs of start and end. @param {string} id @param {number[]} spans @returns {Promise<number>} how many */
  async function show(id, spans) {
    clear();
    const map = mapOf(id);
    if (!map || !CSS.highlights) return 0;
    const mine = generation;
    const highlight = new Highlight();
    let until = performance.now() + slice;
    for (let i = 0; i + 1 < spans.length; i += 2) {
      const place = locate(map, spans[i], spans[i + 1]);
      if (place) {
        style(place.first.node);
        highlight.add(rangeOf(place));
      }
      if (performance.now() > until) {
        await rest();
        if (mine !== generation) return 0;
        until = performance.now() + slice;
      }
    }
    if (highlight.size && names) {
      CSS.highlights.set(names.all, highlight);
      timer = setTimeout(clear, lifetime);
    }
    return highlight.size;
  }

  /** Scrolls to the first of the spans that is still there, and marks it for a moment. @param {string} id @param {number[]} spans */
  function reveal(id, spans) {
    const map = mapOf(id);
    if (!map) return false;
    for (let i = 0; i + 1 < spans.length; i += 2) {
      const place = locate(map, spans[i], spans[i + 1]);
      const parent = place?.first.node.parentElement;
      if (!place || !parent) continue;
      const range = document.createRange();
      range.setStart(place.first.node, place.first.offset);
      range.setEnd(place.last.node, place.last.offset);
      parent.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      // A long paragraph centred need not show its end.
      const { top, bottom } = range.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) window.scrollBy(0, top - innerHeight / 2);
      if (CSS.highlights) {
        const { one } = style(place.first.node);
        const highlight = new Highlight(rangeOf(place));
        highlight.priority = 1;
        CSS.highlights.set(one, highlight);
        setTimeout(() => CSS.highlights.get(one) === highlight && CSS.highlights.delete(one), glance);
      }
      return true;
    }
    return false;
  }

  /** Takes away all paint and every rule; the next paint has other names. */
  function clear() {
    generation++;
    clearTimeout(timer);
    if (names) {
      CSS.highlights?.delete(names.all);
      CSS.highlights?.delete(names.one);
    }
    for (const root of styled) root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other !== sheet);
    styled.clear();
    names = null;
    sheet = null;
  }

  world.sightline.highlight = { show, reveal, clear };
})();
