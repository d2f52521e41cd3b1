// Which list is on the page, where one stands in it, what is chosen.
import { computed, signal } from '@preact/signals';
import { preferences } from '../app/preferences';
import { labelPath, mailPath, navigate, route, searchPath } from '../app/router';
import { store } from '../app/state';
import type { EmailHead, Id, Mailbox } from '../jmap/shapes';
import { parseSearch, toFilter } from '../search/grammar';
import type { Label } from '../store/keepsakes';
import type { MailList } from '../store/list';

type ListPlace = { page: 'mail'; mailbox: string } | { page: 'search'; query: string } | { page: 'label'; label: string };
let lastPlace: ListPlace = { page: 'mail', mailbox: 'inbox' };

/** Which list stands beside what is read or written: while one writes, the one from before. */
const place = computed<ListPlace>(() => {
  const at = route.value;
  if (at.page === 'mail') lastPlace = { page: 'mail', mailbox: at.mailbox };
  else if (at.page === 'search') lastPlace = { page: 'search', query: at.query };
  else if (at.page === 'label') lastPlace = { page: 'label', label: at.label };
  return lastPlace;
});

/** The mailbox the page shows; null for hits of a search. */
export const currentMailbox = computed<Mailbox | null>(() => {
  const at = place.value;
  return at.page === 'mail' ? (store.value?.mailbox(at.mailbox) ?? null) : null;
});

/** The label whose letters the page shows. */
export const currentLabel = computed<Label | null>(() => {
  const at = place.value;
  return at.page === 'label' ? (store.value?.kept.labels.value.find((each) => each.id === at.label) ?? null) : null;
});
const keyword = computed(() => currentLabel.value?.keyword ?? null);

/** Whether the list is hits of a search; a mailbox whose name is not known yet is not. */
export const searching = computed(() => place.value.page === 'search');

const collapse = computed(() => preferences.value.reading === 'exchanges');
const mailboxId = computed(() => currentMailbox.value?.id ?? null);
/** Where what was thrown away lies; a text, so that it is the same as long as these are. */
const aside = computed(() => [store.value?.byRole('trash')?.id, store.value?.byRole('junk')?.id].filter(Boolean).join(' '));
const query = computed(() => (place.value.page === 'search' ? place.value.query : null));

export const currentList = computed<MailList | null>(() => {
  const mail = store.value;
  if (!mail) return null;
  if (query.value !== null) {
    const filter = toFilter(parseSearch(query.value), (name) => findMailbox(name)?.id ?? null);
    return mail.list({ key: `search:${query.value}`, filter, mailbox: null, collapse: false });
  }
  if (keyword.value !== null) {
    const filter = { operator: 'AND' as const, conditions: [{ hasKeyword: keyword.value }, { inMailboxOtherThan: aside.value.split(' ').filter(Boolean) }] };
    return mail.list({ key: `label:${keyword.value}`, filter, mailbox: null, collapse: false });
  }
  const id = mailboxId.value;
  if (!id) return null;
  const drafts = mail.byRole('drafts')?.id === id;
  const together = collapse.value && !drafts;
  return mail.list({ key: `${id}:${together ? 'x' : 'l'}`, filter: { inMailbox: id }, mailbox: id, collapse: together });
});

function findMailbox(name: string): Mailbox | undefined {
  const wanted = name.toLowerCase();
  const roles: Record<string, string> = {
    'réception': 'inbox', reception: 'inbox', 'envoyés': 'sent', envoyes: 'sent', brouillons: 'drafts', archives: 'archive',
    'indésirables': 'junk', indesirables: 'junk', spam: 'junk', corbeille: 'trash',
  };
  return store.peek()?.mailboxes.peek().find((each) => each.role === (roles[wanted] ?? wanted) || each.name.toLowerCase() === wanted);
}

export const openEmail = computed<Id | null>(() => {
  const at = route.value;
  return at.page === 'mail' || at.page === 'search' || at.page === 'label' ? at.email : null;
});

/** Where the keyboard stands in the list; the row, not its number. */
export const cursor = signal<Id | null>(null);
export const selected = signal<ReadonlySet<Id>>(new Set());
/** Whether everything in the list is meant, also what was never shown. */
export const allSelected = signal(false);
/** A list of this name is what a selection belongs to. */
export function clearSelection(): void {
  selected.value = new Set();
  allSelected.value = false;
}

export function show(id: Id | null, options: { replace?: boolean } = {}): void {
  const at = route.peek();
  if (at.page === 'search') navigate(searchPath(at.query, id), options);
  else if (at.page === 'label') navigate(labelPath(at.label, id), options);
  else navigate(mailPath(at.page === 'mail' ? at.mailbox : 'inbox', id), options);
  if (id) cursor.value = id;
}

/** Opens a row; a draft goes on being written. */
export function openRow(id: Id): void {
  const mail = store.peek();
  const email = mail?.peek(id);
  if (email?.keywords.$draft && !isSent(email)) navigate(`/compose?draft=${encodeURIComponent(id)}`);
  else show(id, { replace: openEmail.peek() !== null });
}

function isSent(email: EmailHead): boolean {
  const sent = store.peek()?.byRole('sent')?.id;
  return sent !== undefined && sent in email.mailboxIds;
}

/** The row before or after the one the cursor is on. */
export function neighbour(step: 1 | -1): Id | null {
  const list = currentList.peek();
  if (!list || list.length === 0) return null;
  const at = cursor.peek() ? list.indexOf(cursor.peek()!) : -1;
  if (at < 0) return list.at(0) ?? null;
  return list.at(Math.min(list.length - 1, Math.max(0, at + step))) ?? null;
}

export function toggle(id: Id, range = false): void {
  const next = new Set(selected.peek());
  const list = currentList.peek();
  if (range && list && cursor.peek()) {
    const [a, b] = [list.indexOf(cursor.peek()!), list.indexOf(id)].sort((x, y) => x - y);
    for (let i = Math.max(0, a!); i <= b!; i++) {
      const each = list.at(i);
      if (each) next.add(each);
    }
  } else if (next.has(id)) next.delete(id);
  else next.add(id);
  allSelected.value = false;
  selected.value = next;
  cursor.value = id;
}
