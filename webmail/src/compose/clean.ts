// What foreign HTML passes before it comes near the editor: DOMPurify, loaded beside it.
import DOMPurify from 'dompurify';

const CLEAN = {
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'option', 'iframe', 'object', 'embed', 'svg', 'math', 'video', 'audio', 'link', 'meta', 'base'],
  FORBID_ATTR: ['class', 'id', 'name', 'srcset', 'background', 'poster'],
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel|cid|blob):|^data:image\/(?:png|jpeg|gif|webp);/i,
};

let trusted = false;

/** The browser takes HTML only from here: under Trusted Types everything is cleaned on its way in. */
export function trust(): void {
  if (trusted) return;
  trusted = true;
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } }).trustedTypes;
  types?.createPolicy('default', { createHTML: (html: string) => DOMPurify.sanitize(html, { ...CLEAN, RETURN_TRUSTED_TYPE: false }) });
}

export function cleanFragment(html: string): DocumentFragment {
  trust();
  return document.importNode(DOMPurify.sanitize(html, { ...CLEAN, RETURN_DOM_FRAGMENT: true }), true);
}

export function cleanHtml(html: string): string {
  trust();
  return String(DOMPurify.sanitize(html, { ...CLEAN, RETURN_TRUSTED_TYPE: false }));
}
