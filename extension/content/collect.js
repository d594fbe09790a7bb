// Reads what the user sees: the selection of this frame, or all visible text.
//
// Injected on a gesture. It sends no messages: its value is what is selected in the frame;
// the background calls sightline.collect() for all of it. The DOM is not touched.
//
// Laid out as on the screen, so that tokens neither fuse nor split: nothing between
// inline nodes, "\n" between blocks, tabs between table cells. Offsets are UTF-16 units.

(() => {
  /** The most that one frame gives, UTF-16 units. */
  const cap = 8 * 1024 * 1024;
  /** How deep shadow roots and slots are followed. */
  const depthCap = 100;

  const set = (/** @type {string} */ names) => new Set(names.split(" "));
  /** Elements whose content is never on the screen, whatever their style says. */
  const silent = set("SCRIPT STYLE TEMPLATE NOSCRIPT HEAD IFRAME FRAME CANVAS VIDEO AUDIO script style title desc metadata");
  /** Elements that may have a shadow root; asking is dear: texts are asked only when they seem empty. */
  const hosts = set("ARTICLE ASIDE BODY DIV FOOTER HEADER MAIN NAV SECTION");
  /** Texts set apart by an empty line. */
  const spaced = set("P H1 H2 H3 H4 H5 H6 PRE BLOCKQUOTE TABLE UL OL");
  /** Fields whose value is in plain sight. Never a password. */
  const fields = set("text search url email tel");
  const ragged = /[\t\n\f\r]| {2}|^ | $/;
  const words = /[^ \t\n\f\r]+(?: [^ \t\n\f\r]+)*/g;

  /** @typedef {{ start: Node | null, startOffset: number, end: Node | null, endOffset: number, top: Node }} Limits */
  /** @type {any} Our isolated world. */
  const world = globalThis;
  const dom = (world.browser ?? world.chrome)?.dom;

  /** @param {Element} element @returns {ShadowRoot | null} */
  function shadowOf(element) {
    const name = element.nodeName;
    const may = hosts.has(name) || (spaced.has(name) || name === "SPAN" ? !element.firstChild : element.localName.includes("-"));
    if (!may) return null;
    const { shadowRoot, openOrClosedShadowRoot } = /** @type {any} */ (element); // the latter in Firefox
    return shadowRoot ?? openOrClosedShadowRoot ?? (dom && element instanceof HTMLElement ? dom.openOrClosedShadowRoot(element) : null);
  }

  /** The text and, piece by piece, the nodes that it came from. */
  class Passage {
    /** @type {string[]} */ parts = [];
    length = 0;
    /** @type {Text[]} */ nodes = [];
    /** @type {number[]} */ starts = [];
    /** @type {number[]} */ ends = [];
    /** @type {number[]} Where pieces begin in their nodes. */ offsets = [];
    truncated = false;
    /** Frames that the browser keeps from us. */
    blocked = 0;

    // What stands before the next piece; only the strongest counts.
    lines = 0;
    tab = false;
    space = false;

    /** @type {Limits | null} */ limits = null;
    started = true;
    over = false;
    /** @type {(CSSStyleDeclaration | null)[]} Styles of the open elements; null is not asked yet. */ open = [];

    /** @param {string} text */
    put(text) {
      if (this.length > 0 && (this.lines || this.tab || this.space)) {
        const gap = "\n".repeat(this.lines) || (this.tab ? "\t" : " ");
        this.parts.push(gap);
        this.length += gap.length;
      }
      this.lines = 0;
      this.tab = this.space = false;
      if (this.length + text.length > cap) {
        text = text.slice(0, Math.max(0, cap - this.length));
        this.truncated = this.over = true;
      }
      this.parts.push(text);
      this.length += text.length;
      return text.length;
    }

    /** @param {Text} node @param {number} from @param {number} to */
    piece(node, from, to) {
      const length = this.put(node.data.slice(from, to));
      this.nodes.push(node);
      this.starts.push(this.length - length);
      this.ends.push(this.length);
      this.offsets.push(from);
    }

    /** @param {Text} node @param {number} from @param {number} to */
    text(node, from, to) {
      const data = node.data.slice(from, to);
      const style = this.open.at(-1) ?? (node.parentElement && getComputedStyle(node.parentElement));
      if (style?.visibility === "hidden") return;
      if (!ragged.test(data)) return data && this.piece(node, from, to);
      if (/^(pre|break)/.test(style?.whiteSpace ?? "")) return this.piece(node, from, to);
      let last = 0;
      words.lastIndex = 0;
      for (let run; !this.over && (run = words.exec(data)); last = words.lastIndex) {
        if (run.index > last) this.space = true;
        this.piece(node, from + run.index, from + words.lastIndex);
      }
      if (last < data.length) this.space = true;
    }

    /** Opens an element. @param {Element} element @param {number} depth @returns {boolean} whether its children come next */
    enter(element, depth) {
      const name = element.nodeName;
      if (silent.has(name) && !name.endsWith("FRAME")) return false;
      const style = this.started ? getComputedStyle(element) : null;
      const display = style?.display;
      if (display === "none") return false;
      if (style) {
        if (display !== "inline") this.edge(display ?? "", name);
        if (name === "BR") this.lines = Math.min(2, this.lines + 1);
      }
      this.open.push(style);
      let down = false;
      if (name === "IFRAME" || name === "FRAME") {
        const { contentDocument, clientWidth, clientHeight } = /** @type {HTMLIFrameElement} */ (element);
        if (style && !contentDocument && clientWidth > 1 && clientHeight > 1) this.blocked++;
      } else if (name === "INPUT" || name === "TEXTAREA" || name === "SELECT") {
        if (style?.visibility === "visible") this.field(/** @type {any} */ (element));
      } else if (depth >= depthCap) {
        down = true;
      } else if (name === "SLOT") {
        const assigned = /** @type {HTMLSlotElement} */ (element).assignedNodes();
        for (const node of assigned) this.walk(node, depth + 1);
        down = assigned.length === 0;
      } else if (name === "DETAILS" && style && !element.hasAttribute("open")) {
        // Closed, it shows its summary alone.
        const summary = element.querySelector("summary");
        if (summary) this.walk(summary, depth + 1);
      } else {
        const shadow = shadowOf(element);
        down = !shadow;
        if (shadow) {
          for (let node = shadow.firstChild; node && !this.over; node = node.nextSibling) this.walk(node, depth + 1);
        }
      }
      if (down && element.firstChild) return true;
      this.leave(element);
      return false;
    }

    /** Closes an element. @param {Element} element */
    leave(element) {
      const style = this.open.pop();
      if (!this.started) return;
      const { display } = style ?? getComputedStyle(element);
      if (display !== "inline") this.edge(display, element.nodeName);
      if (display === "table-cell") this.tab = true;
    }

    /** Notes what stands before and after a box. @param {string} display @param {string} name */
    edge(display, name) {
      if (display === "inline-block" || display === "inline-flex") this.space = true;
      else if (!/^(inline|contents|table-cell|ruby)/.test(display)) this.lines = Math.max(this.lines, spaced.has(name) ? 2 : 1);
    }

    /** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
    field(field) {
      const text =
        field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? "")
        : field instanceof HTMLTextAreaElement || fields.has(field.type) ? field.value
        : "";
      if (!text.trim()) return;
      this.space = true;
      this.put(text);
      this.space = true;
    }

    /** @param {Node} top */
    walk(top, depth = 0) {
      /** @type {Node} */
      let node = top;
      while (!this.over) {
        if (this.limits) {
          if (node === this.limits.end) {
            const from = node === this.limits.start ? this.limits.startOffset : 0;
            if (isText(node) && (this.started || node === this.limits.start)) this.text(/** @type {Text} */ (node), from, this.limits.endOffset);
            this.over = true;
            return;
          }
          if (node === this.limits.start) this.started = true;
        }
        let down = false;
        if (isText(node)) {
          const from = node === this.limits?.start ? this.limits.startOffset : 0;
          if (this.started) this.text(/** @type {Text} */ (node), from, /** @type {Text} */ (node).data.length);
        } else if (node.nodeType === 1) {
          down = this.enter(/** @type {Element} */ (node), depth);
        }
        if (down && node.firstChild) {
          node = node.firstChild;
          continue;
        }
        while (node !== top && !node.nextSibling && node.parentNode) {
          node = node.parentNode;
          this.leave(/** @type {Element} */ (node));
        }
        if (node === top || !node.nextSibling) return;
        node = node.nextSibling;
      }
    }

    /** @param {Limits} limits */
    part(limits) {
      this.limits = limits;
      this.started = this.over = false;
      this.open = [];
      const top = limits.top;
      if (top.nodeType === 1) this.walk(top);
      else for (let node = top.firstChild; node && !this.over; node = node.nextSibling) this.walk(node);
      this.over = this.truncated;
      this.limits = null;
      this.started = true;
      this.lines = 1;
    }
  }

  /** @param {Node} node */
  const isText = (node) => node.nodeType === 3;

  /** The first node after all of a node's own. @param {Node} node @returns {Node | null} */
  function after(node) {
    for (let at = /** @type {Node | null} */ (node); at; at = at.parentNode) if (at.nextSibling) return at.nextSibling;
    return null;
  }

  /** @param {AbstractRange} range @returns {Limits} */
  function limitsOf({ startContainer, startOffset, endContainer, endOffset }) {
    const inStart = startContainer instanceof Text;
    const inEnd = endContainer instanceof Text;
    /** @type {Node} */
    let top = startContainer;
    while (!top.contains(endContainer) && top.parentNode) top = top.parentNode;
    if (!top.contains(endContainer)) top = document.documentElement; // ends in another shadow tree
    if (top instanceof Text && top.parentNode) top = top.parentNode;
    return {
      start: inStart ? startContainer : (startContainer.childNodes[startOffset] ?? after(startContainer)),
      startOffset: inStart ? startOffset : 0,
      end: inEnd ? endContainer : (endContainer.childNodes[endOffset] ?? after(endContainer)),
      endOffset: inEnd ? endOffset : 0,
      top,
    };
  }

  /** @param {Document | ShadowRoot} root @returns {string} what is selected in the field that has the focus */
  function selectedInField(root) {
    const element = root.activeElement;
    const shadow = element && shadowOf(element);
    if (shadow) return selectedInField(shadow);
    if (!(element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && fields.has(element.type)))) return "";
    return element.value.slice(element.selectionStart ?? 0, element.selectionEnd ?? 0); // null where the type knows no selection
  }

  /** @param {Selection | null} selection @returns {AbstractRange[]} */
  function rangesOf(selection) {
    const ranges = [];
    for (let i = 0; selection && i < selection.rangeCount; i++) ranges.push(selection.getRangeAt(i));
    return ranges.filter((range) => /\S/.test(range.toString()));
  }

  /** What is selected in shadow trees. @returns {AbstractRange[]} */
  function rangesInShadow() {
    /** @type {ShadowRoot[]} */
    const roots = [];
    /** @type {(Document | ShadowRoot)[]} */
    const todo = [document];
    for (let root; roots.length < 10000 && (root = todo.pop()); ) {
      for (const element of root.querySelectorAll("*")) {
        const shadow = shadowOf(element);
        if (shadow) todo.push(shadow), roots.push(shadow);
      }
    }
    for (const root of roots) {
      const found = rangesOf(/** @type {any} */ (root).getSelection?.() ?? null); // Chromium
      if (found.length) return found;
    }
    const composed = (roots.length && /** @type {any} */ (selection).getComposedRanges?.({ shadowRoots: roots })) || [];
    return composed.filter((/** @type {StaticRange} */ range) => !range.collapsed);
  }

  const typed = selectedInField(document);
  const selection = document.getSelection();
  let ranges = typed ? [] : rangesOf(selection);
  if (!typed && !ranges.length && selection?.type === "Range") ranges = rangesInShadow();

  world.sightline ??= {};
  /** @param {boolean} selected the selection alone */
  const collect = (selected) => {
    const passage = new Passage();
    // A frame that is not displayed has no style to go by.
    const shown = window === window.top || innerWidth > 1 || innerHeight > 1;
    if (selected && typed) passage.put(typed);
    else if (selected) for (const range of ranges) passage.part(limitsOf(range));
    else if (shown && document.documentElement) passage.walk(document.documentElement);
    const text = passage.parts.join("");
    const { nodes, starts, ends, offsets, truncated, blocked } = passage;
    // The name under which highlight.js is asked to find the nodes again.
    const map = crypto.getRandomValues(new Uint32Array(2)).join("-");
    world.sightline.map = { id: map, text, nodes, starts, ends, offsets };
    // A foreign frame is one that its parent counts as blocked.
    const foreign = window !== window.top && !window.frameElement;
    return { text, truncated, blocked, foreign, type: document.contentType, map };
  };
  world.sightline.collect = () => collect(false);

  return typed || ranges.length ? { selected: true, ...collect(true) } : { selected: false };
})();
