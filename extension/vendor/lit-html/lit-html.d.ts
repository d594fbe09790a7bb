// The part of lit-html 3.3.3 that our pages use. Ours; the release brings fuller
// types, which want a further package.

/** What html`…` makes: markup with values in it. Values become text or attributes, never markup. */
export interface TemplateResult {
  readonly _$litType$: 1 | 2;
  readonly strings: TemplateStringsArray;
  readonly values: unknown[];
}

export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;

/** As html, for what stands inside an <svg>. */
export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;

/** Renders nothing where a child stands, and takes an attribute away. */
export const nothing: unique symbol;

/** Leaves what was rendered before. */
export const noChange: unique symbol;

export function render(value: unknown, container: HTMLElement | DocumentFragment): unknown;
