// The elements of a page: found by a selector, and sure to be of the kind that is asked for.

/**
 * The first one that a selector finds; null where there is none of that kind.
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} [within]
 * @returns {E | null}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  return found instanceof kind ? found : null;
}

/**
 * The one that a page always has.
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} [within]
 * @returns {E}
 */
export function one(selector, kind, within = document) {
  const found = find(selector, kind, within);
  if (found === null) throw new TypeError(`this page has no ${selector}`);
  return found;
}

/**
 * All of that kind, in the order of the page.
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} [within]
 * @returns {E[]}
 */
export function all(selector, kind, within = document) {
  const isOfKind = /** @type {(each: Element) => each is E} */ ((each) => each instanceof kind);
  return [...within.querySelectorAll(selector)].filter(isOfKind);
}
