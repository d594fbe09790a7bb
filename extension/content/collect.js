// Reads what the user sees: the selection of this frame, or all visible text.
//
// Injected on a gesture, never before. It sends no messages: this script's value says
// whether the frame has a selection, and the background then calls sightline.collect().
// The page is hostile: what is read here is a claim, capped in size, and nothing of it
// is run. The page's DOM is not touched.
//
// Text is laid out as the page lays it out, so that tokens neither fuse nor split:
// nothing between inline nodes, "\n" between blocks, a tab between table cells, runs of
// white space as one space except where the page preserves them. Offsets are UTF-16 units.

(() => {
  /** The most that one frame gives, UTF-16 units. */
  const cap = 8 * 1024 * 1024;
  /** How deep shadow roots and slots are followed. */
  const depthCap = 100;

  /** Elements whose content is never on the screen, whatever their style says. */
  const silent = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT HEAD IFRAME FRAME CANVAS VIDEO AUDIO script style title desc metadata".split(" "));
  /** Built-in elements that may have a shadow root; all others need a hyphen in their name. */
  const hosts = new Set("ARTICLE ASIDE BLOCKQUOTE BODY DIV FOOTER H1 H2 H3 H4 H5 H6 HEADER MAIN NAV P SECTION SPAN".split(" "));
  const spaced = new Set("P H1 H2 H3 H4 H5 H6 PRE BLOCKQUOTE TABLE UL OL".split(" "));
  /** Fields whose value is in plain sight. Never a password. */
  const fields = new Set(["text", "search", "url", "email", "tel"]);
  const ragged = /[\t\n\f\r]| {2}/;
  const words = /[^ \t\n\f\r]+(?: [^ \t\n\f\r]+)*/g;

  /** @typedef {{ start: Node | null, startOffset: number, end: Node | null, endOffset: number, top: Node }} Limits */
  /** @type {any} Our own isolated world, which the page cannot reach. */
  const world = globalThis;
  const dom = (world.browser ?? world.chrome)?.dom;

  /** @param {Element} element @returns {ShadowRoot | null} */
  function shadowOf(element) {
    if (!hosts.has(element.nodeName) && !element.localName.includes("-")) return null;
    return element.shadowRoot ?? (dom && element instanceof HTMLElement ? dom.openOrClosedShadowRoot(element) : null);
  }

  /** The text and, piece by piece, the nodes that it came from. */
  class Passage {
    /** @type {string[]} */ parts = [];
    length = 0;
    /** @type {Text[]} */ nodes = [];
    /** @type {number[]} Where the piece begins in the text. */ starts = [];
    /** @type {number[]} Where the piece ends in the text. */ ends = [];
    /** @type {number[]} Where the piece begins in its node. */ offsets = [];
    truncated = false;
    /** Frames that the browser keeps from us. */
    blocked = 0;

    // What stands between the last piece and the next; only the strongest counts.
    lines = 0;
    tab = false;
    space = false;

    /** @type {Limits | null} */ limits = null;
    started = true;
    over = false;
    /** @type {number[]} Line breaks owed at the end of each open element; -1 is not known yet. */ open = [];
    /** @type {Node | null} */ parent = null;
    preserved = false;
    visible = true;

    /** @param {string} text */
    put(text) {
      if (this.length > 0 && (this.lines || this.tab || this.space)) {
        const gap = this.lines ? "\n".repeat(this.lines) : this.tab ? "\t" : " ";
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

    /** @param {number} count */
    line(count) {
      if (count > this.lines) this.lines = count;
    }

    /** @param {Text} node @param {number} from @param {number} to */
    text(node, from, to) {
      const data = from === 0 && to === node.data.length ? node.data : node.data.slice(from, to);
      const uneven = ragged.test(data);
      if (node.parentNode !== this.parent) {
        this.parent = node.parentNode;
        const style = node.parentElement && getComputedStyle(node.parentElement);
        this.visible = style?.visibility !== "hidden";
        this.preserved = /^(pre|break)/.test(style?.whiteSpace ?? "");
      }
      if (!this.visible) return;
      if (uneven && this.preserved) return this.piece(node, from, to);
      let last = 0;
      words.lastIndex = 0;
      for (let run; !this.over && (run = words.exec(data)); last = words.lastIndex) {
        if (run.index > last) this.space = true;
        this.piece(node, from + run.index, from + words.lastIndex);
      }
      if (last < data.length) this.space = true;
    }

    /** @param {Element} element @returns {boolean} whether its children are to be walked */
    enter(element, depth = 0) {
      const name = element.nodeName;
      if (!this.started) {
        this.open.push(-1);
      } else {
        const display = getComputedStyle(element).display;
        const gap = display === "none" ? 0 : gapOf(display, name);
        this.open.push(gap);
        if (display === "none") return false;
        if (gap) this.line(gap);
        if (display === "inline-block" || display === "inline-flex") this.space = true;
        if (name === "BR") this.lines++;
        if ((name === "IFRAME" || name === "FRAME") && isBlocked(element)) this.blocked++;
      }
      if (silent.has(name)) return false;
      if (name === "INPUT" || name === "TEXTAREA" || name === "SELECT") {
        if (this.started) this.field(/** @type {any} */ (element));
        return false;
      }
      if (name === "SLOT" && depth < depthCap) {
        const assigned = /** @type {HTMLSlotElement} */ (element).assignedNodes();
        for (const node of assigned) this.walk(node, depth + 1);
        return assigned.length === 0;
      }
      // A closed <details> shows its summary alone.
      if (name === "DETAILS" && this.started && !element.hasAttribute("open")) {
        const summary = element.querySelector("summary");
        if (summary) this.walk(summary, depth + 1);
        return false;
      }
      const shadow = depth < depthCap ? shadowOf(element) : null;
      if (!shadow) return true;
      for (let node = shadow.firstChild; node && !this.over; node = node.nextSibling) this.walk(node, depth + 1);
      return false;
    }

    /** @param {Element} element */
    leave(element) {
      let gap = this.open.pop() ?? 0;
      if (!this.started) return;
      const display = gap === -1 || element.nodeName === "TD" || element.nodeName === "TH" ? getComputedStyle(element).display : "";
      if (gap === -1) gap = gapOf(display, element.nodeName);
      if (gap) this.line(gap);
      if (display === "table-cell") this.tab = true;
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
            if (node.nodeType === 3 && (this.started || node === this.limits.start)) this.text(/** @type {Text} */ (node), from, this.limits.endOffset);
            this.over = true;
            return;
          }
          if (node === this.limits.start) this.started = true;
        }
        let down = false;
        if (node.nodeType === 3) {
          const from = node === this.limits?.start ? this.limits.startOffset : 0;
          if (this.started) this.text(/** @type {Text} */ (node), from, /** @type {Text} */ (node).data.length);
        } else if (node.nodeType === 1) {
          down = this.enter(/** @type {Element} */ (node), depth);
        }
        if (down && node.firstChild) {
          node = node.firstChild;
          continue;
        }
        for (;;) {
          if (node.nodeType === 1) this.leave(/** @type {Element} */ (node));
          if (node === top || this.over) return;
          if (node.nextSibling) {
            node = node.nextSibling;
            break;
          }
          if (!node.parentNode) return;
          node = node.parentNode;
        }
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
      this.line(1);
    }
  }

  /** @param {string} display @param {string} name @returns {number} line breaks before and after */
  function gapOf(display, name) {
    if (display.startsWith("inline") || display === "contents" || display === "table-cell" || display.startsWith("ruby")) return 0;
    return spaced.has(name) ? 2 : 1;
  }

  /** @param {Element} frame */
  function isBlocked(frame) {
    const { contentDocument, clientWidth, clientHeight } = /** @type {HTMLIFrameElement} */ (frame);
    return !contentDocument && clientWidth > 1 && clientHeight > 1;
  }

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

  /** What is selected in shadow trees, of which the document's own selection says nothing. @returns {AbstractRange[]} */
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
    const selection = /** @type {any} */ (getSelection());
    for (const root of roots) {
      const found = rangesOf(/** @type {any} */ (root).getSelection?.() ?? null); // Chromium
      if (found.length) return found;
    }
    /** @type {StaticRange[]} */
    const composed = (roots.length && selection.getComposedRanges?.({ shadowRoots: roots })) || [];
    return composed.filter((range) => !range.collapsed);
  }

  const typed = selectedInField(document);
  let ranges = typed ? [] : rangesOf(getSelection());
  if (!typed && !ranges.length && getSelection()?.rangeCount) ranges = rangesInShadow();

  world.sightline ??= {};
  /**
   * @param {string} job under which highlight.js finds the nodes again
   * @param {boolean} selected the selection alone
   */
  world.sightline.collect = (job, selected) => {
    const passage = new Passage();
    // A frame that is not displayed has no style to go by.
    const shown = self === top || innerWidth > 1 || innerHeight > 1;
    if (selected && typed) passage.put(typed);
    else if (selected) for (const range of ranges) passage.part(limitsOf(range));
    else if (shown && document.documentElement) passage.walk(document.documentElement);
    const text = passage.parts.join("");
    const { nodes, starts, ends, offsets, truncated, blocked } = passage;
    world.sightline.map = { job, text, nodes, starts, ends, offsets };
    return { text, truncated, blocked, foreign: isForeign(), type: document.contentType };
  };

  /** Whether this frame is one that its parent counts as blocked. */
  function isForeign() {
    try {
      return self !== top && !parent.document;
    } catch {
      return true;
    }
  }

  return { selected: typed !== "" || ranges.length > 0 };
})();
