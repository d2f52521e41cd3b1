// Changes of letters by path, forward and back.
import type { EmailHead, Id, Patch } from '../jmap/shapes';

/** The letter with a change in it; the same object when nothing changes. */
export function patched(email: EmailHead, patch: Patch): EmailHead {
  let next = email;
  for (const [path, value] of Object.entries(patch)) {
    const slash = path.indexOf('/');
    const field = path.slice(0, slash) as 'keywords' | 'mailboxIds';
    const name = path.slice(slash + 1);
    const set = next[field];
    if ((value === true) === (name in set)) continue;
    const changed = { ...set };
    if (value === true) changed[name] = true;
    else delete changed[name];
    next = { ...next, [field]: changed };
  }
  return next;
}

/** What takes a change back. */
export function inverse(email: EmailHead, patch: Patch): Patch {
  const back: Patch = {};
  for (const path of Object.keys(patch)) {
    const slash = path.indexOf('/');
    const set = email[path.slice(0, slash) as 'keywords' | 'mailboxIds'];
    back[path] = path.slice(slash + 1) in set ? true : null;
  }
  return back;
}

/** Out of one mailbox, or of all, and into another. */
export function movePatch(email: EmailHead, to: Id, out: Id | null): Patch {
  const patch: Patch = {};
  for (const id of Object.keys(email.mailboxIds)) {
    if (id !== to && (out === null || id === out)) patch[`mailboxIds/${id}`] = null;
  }
  if (!(to in email.mailboxIds)) patch[`mailboxIds/${to}`] = true;
  return patch;
}

export function keywordPatch(keyword: string, on: boolean): Patch {
  return { [`keywords/${keyword}`]: on ? true : null };
}
