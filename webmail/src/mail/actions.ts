// What is done with letters: shown at once, sent after, and each can be taken back.
import { t, type Key } from '../i18n/words';
import type { EmailHead, Id, Mailbox, Patch, Role } from '../jmap/shapes';
import { useStore } from '../app/state';
import { say, undoable } from '../app/toasts';
import type { MailList } from '../store/list';
import type { MailStore } from '../store/mail';
import { keywordPatch, movePatch } from '../store/patches';
import { allSelected, clearSelection, currentList, currentMailbox, cursor, openEmail, selected, show } from './view';

/** The rows that are meant: those chosen, else the one that is open or under the cursor. */
export function meant(): Id[] {
  if (selected.peek().size) return [...selected.peek()];
  const one = openEmail.peek() ?? cursor.peek();
  return one ? [one] : [];
}

/** The letters behind rows: a row may stand for an exchange. */
function behind(mail: MailStore, rows: Id[]): EmailHead[] {
  const list = currentList.peek();
  const found = new Map<Id, EmailHead>();
  for (const row of rows) {
    const email = mail.peek(row);
    if (!email) continue;
    found.set(row, email);
    if (!list?.spec.collapse) continue;
    for (const id of mail.thread(email.threadId).peek() ?? []) {
      const other = mail.peek(id);
      if (other && (!list.spec.mailbox || list.spec.mailbox in other.mailboxIds)) found.set(id, other);
    }
  }
  return [...found.values()];
}

/** Also the letters of the rows' exchanges that were not read yet. */
export async function gather(mail: MailStore, rows: Id[]): Promise<EmailHead[]> {
  const list = currentList.peek();
  if (allSelected.peek() && list) {
    const ids = await mail.everything(list.spec);
    return ids.map((id) => mail.peek(id)).filter((each): each is EmailHead => each !== null);
  }
  if (list?.spec.collapse) {
    const threads = new Set<Id>();
    for (const row of rows) {
      const threadId = mail.peek(row)?.threadId;
      const ids = threadId ? mail.thread(threadId).peek() : null;
      if (threadId && (!ids || ids.some((id) => !mail.peek(id)))) threads.add(threadId);
    }
    await Promise.all([...threads].map((id) => mail.openThread(id).catch(() => [])));
  }
  return behind(mail, rows);
}

/** After a row has gone, the one that took its place is next. */
export function stepOn(list: MailList | null, rows: ReadonlySet<Id>): void {
  const open = openEmail.peek();
  const at = cursor.peek();
  if (!list || !at || !rows.has(at)) return;
  const index = list.indexOf(at);
  let next: Id | null = null;
  for (let i = index + 1; i < list.length && !next; i++) {
    const id = list.at(i);
    if (id && !rows.has(id)) next = id;
  }
  for (let i = index - 1; i >= 0 && !next; i--) {
    const id = list.at(i);
    if (id && !rows.has(id)) next = id;
  }
  cursor.value = next;
  if (open && rows.has(open)) {
    const narrow = matchMedia('(max-width: 899px)').matches;
    show(narrow ? null : next, { replace: true });
  }
}

async function apply(rows: Id[], patchOf: (email: EmailHead) => Patch, options: { leaves: boolean; done: Key | null }): Promise<void> {
  const mail = useStore();
  if (!rows.length && !allSelected.peek()) return;
  const list = currentList.peek();
  const wide = allSelected.peek();
  const letters = await gather(mail, rows);
  const update: Record<Id, Patch> = {};
  for (const email of letters) {
    const patch = patchOf(email);
    if (Object.keys(patch).length) update[email.id] = patch;
  }
  const count = wide ? letters.length : rows.length;
  clearSelection();
  if (!Object.keys(update).length) return;
  const inverse = mail.change(update);
  const gone = new Set(wide ? (list?.known() ?? []) : rows);
  if (options.leaves && list?.spec.mailbox) {
    stepOn(list, gone);
    list.remove(gone);
  }
  if (!options.done) return;
  undoable(t(options.done, { n: count }), t('undo'), () => {
    mail.change(inverse);
    if (options.leaves && list?.spec.mailbox) list.restore([...gone]);
  });
}

function destination(role: Role): Mailbox | null {
  return useStore().byRole(role) ?? null;
}

async function moveToRole(role: Role, done: Key, rows: Id[]): Promise<void> {
  const to = destination(role);
  if (!to) {
    say(t('fault.noFolder'), { kind: 'fault' });
    return;
  }
  await moveTo(to, rows, done);
}

export async function moveTo(to: Mailbox, rows = meant(), done: Key = 'done.moved'): Promise<void> {
  const from = currentMailbox.peek();
  if (from?.id === to.id) return;
  const whole = to.role === 'trash' || to.role === 'junk';
  await apply(rows, (email) => movePatch(email, to.id, whole ? null : (from?.id ?? null)), { leaves: true, done });
}

export function archive(rows = meant()): Promise<void> {
  return moveToRole('archive', 'done.archived', rows);
}

export function spam(rows = meant()): Promise<void> {
  const mail = useStore();
  if (currentMailbox.peek()?.role === 'junk') {
    const inbox = mail.byRole('inbox')!;
    return apply(
      rows,
      (email) => ({ ...movePatch(email, inbox.id, null), 'keywords/$notjunk': true, 'keywords/$junk': null }),
      { leaves: true, done: 'done.notSpam' },
    );
  }
  const junk = destination('junk');
  if (!junk) return Promise.resolve();
  return apply(
    rows,
    (email) => ({ ...movePatch(email, junk.id, null), 'keywords/$junk': true, 'keywords/$notjunk': null }),
    { leaves: true, done: 'done.spam' },
  );
}

export async function trash(rows = meant()): Promise<void> {
  const mail = useStore();
  if (currentMailbox.peek()?.role !== 'trash') return moveToRole('trash', 'done.trashed', rows);
  const letters = await gather(mail, rows);
  const list = currentList.peek();
  const gone = new Set(rows);
  clearSelection();
  stepOn(list, gone);
  list?.remove(gone);
  mail.destroy(letters.map((each) => each.id));
  say(t('done.destroyed', { n: letters.length }));
}

export function star(rows = meant()): Promise<void> {
  const mail = useStore();
  const on = rows.some((id) => !mail.peek(id)?.keywords.$flagged);
  return apply(rows, () => keywordPatch('$flagged', on), { leaves: false, done: null });
}

/** Gives letters a label, or takes it away. */
export function setLabel(keyword: string, on: boolean, rows = meant()): Promise<void> {
  return apply(rows, (email) => (keyword in email.keywords === on ? {} : keywordPatch(keyword, on)), { leaves: false, done: on ? 'done.labelled' : 'done.unlabelled' });
}

export function markRead(on: boolean, rows = meant(), quiet = false): Promise<void> {
  return apply(
    rows,
    (email) => ('$seen' in email.keywords === on ? {} : keywordPatch('$seen', on)),
    { leaves: false, done: quiet ? null : on ? 'done.read' : 'done.unread' },
  );
}

/** A letter that was opened is read: no words about it. */
export function seen(id: Id): void {
  const mail = useStore();
  const email = mail.peek(id);
  if (email && !email.keywords.$seen) mail.change({ [id]: keywordPatch('$seen', true) });
}

export async function emptyMailbox(): Promise<void> {
  const list = currentList.peek();
  if (!list) return;
  const mail = useStore();
  const ids = await mail.everything(list.spec);
  list.remove(new Set(list.known()));
  mail.destroy(ids);
  say(t('done.destroyed', { n: ids.length }));
}
