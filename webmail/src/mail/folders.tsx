// The folders of the box, and how full it is.
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { labelPath, mailPath, route } from '../app/router';
import { store } from '../app/state';
import { fileSize } from '../i18n/dates';
import { formatNumber, t, type Key } from '../i18n/words';
import { QUOTA } from '../jmap/client';
import type { GetAnswer, Mailbox, Quota } from '../jmap/shapes';
import { Icon } from '../ui/parts';

const ROLES: Record<string, { name: Key; icon: string; order: number }> = {
  inbox: { name: 'folder.inbox', icon: 'inbox', order: 0 },
  snoozed: { name: 'folder.snoozed', icon: 'clock', order: 1 },
  sent: { name: 'folder.sent', icon: 'send', order: 2 },
  drafts: { name: 'folder.drafts', icon: 'draft', order: 3 },
  archive: { name: 'folder.archive', icon: 'archive', order: 4 },
  junk: { name: 'folder.junk', icon: 'spam', order: 5 },
  trash: { name: 'folder.trash', icon: 'trash', order: 6 },
};

/** What people call a mailbox: roles in their language, others as they were named. */
export function mailboxName(box: Mailbox): string {
  const role = box.role ? ROLES[box.role] : undefined;
  return role ? t(role.name) : box.name;
}

export function mailboxIcon(box: Mailbox): string {
  return (box.role && ROLES[box.role]?.icon) || 'folder';
}

export interface FolderRow {
  box: Mailbox;
  depth: number;
}

/** Those with a role in their order, then others by name, children under their parents. */
export function folderTree(boxes: Mailbox[]): { first: FolderRow[]; others: FolderRow[] } {
  const order = (box: Mailbox) => (box.role ? (ROLES[box.role]?.order ?? 50) : 100 + box.sortOrder);
  const sorted = [...boxes].sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
  const byParent = new Map<string | null, Mailbox[]>();
  const known = new Set(boxes.map((box) => box.id));
  for (const box of sorted) {
    const parent = box.parentId && known.has(box.parentId) ? box.parentId : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), box]);
  }
  const lay = (top: Mailbox[]): FolderRow[] => {
    const rows: FolderRow[] = [];
    const stack = top.map((box): FolderRow => ({ box, depth: 0 })).reverse();
    for (let row = stack.pop(); row; row = stack.pop()) {
      rows.push(row);
      const below = byParent.get(row.box.id) ?? [];
      for (const box of [...below].reverse()) stack.push({ box, depth: row.depth + 1 });
    }
    return rows;
  };
  const roots = byParent.get(null) ?? [];
  const hasRole = (box: Mailbox) => box.role !== null && box.role in ROLES;
  return { first: lay(roots.filter(hasRole)), others: lay(roots.filter((box) => !hasRole(box))) };
}

const tree = computed(() => folderTree(store.value?.mailboxes.value ?? []));
export const quota = signal<Quota | null>(null);

export async function loadQuota(): Promise<void> {
  const mail = store.peek();
  if (!mail?.client.can(QUOTA)) return;
  const answer = await mail.client.call<GetAnswer<Quota>>('Quota/get', { ids: null });
  quota.value = answer.list.find((each) => each.resourceType === 'octets') ?? null;
}

function Row({ box, depth }: FolderRow) {
  const at = route.value;
  const slug = box.role && box.role in ROLES ? box.role : box.id;
  const here = at.page === 'mail' && (at.mailbox === slug || at.mailbox === box.id);
  const number = box.role === 'drafts' ? box.totalEmails : box.role === 'trash' || box.role === 'sent' ? 0 : box.unreadEmails;
  return (
    <a href={mailPath(slug)} aria-current={here ? 'page' : undefined} style={depth ? { paddingLeft: `${0.75 + depth}rem` } : undefined}>
      <Icon name={mailboxIcon(box)} />
      <span>{mailboxName(box)}</span>
      {number > 0 && (
        <b>
          {formatNumber(number)}
          <span class="hidden"> {box.role === 'drafts' ? t('folder.draftsCount') : t('folder.unread')}</span>
        </b>
      )}
    </a>
  );
}

export function Folders() {
  const mail = store.value;
  useEffect(() => {
    void loadQuota().catch(() => {});
  }, [mail]);
  const { first, others } = tree.value;
  const full = quota.value;
  const at = route.value;
  const labels = mail?.kept.labels.value ?? [];
  const scheduled = mail?.kept.scheduled.value.size ?? 0;
  return (
    <nav class="folders" aria-label={t('folders')}>
      {first.map((row) => (
        <Row key={row.box.id} {...row} />
      ))}
      {scheduled > 0 && (
        <a href="/scheduled" aria-current={at.page === 'scheduled' ? 'page' : undefined}>
          <Icon name="clock" />
          <span>{t('scheduled.title')}</span>
          <b>{formatNumber(scheduled)}</b>
        </a>
      )}
      {others.length > 0 && <h2>{t('folder.others')}</h2>}
      {others.map((row) => (
        <Row key={row.box.id} {...row} />
      ))}
      {labels.length > 0 && <h2>{t('labels')}</h2>}
      {labels.map((each) => (
        <a key={each.id} href={labelPath(each.id)} aria-current={at.page === 'label' && at.label === each.id ? 'page' : undefined}>
          <i class={`dot color-${each.color}`} aria-hidden="true" />
          <span>{each.name}</span>
        </a>
      ))}
      {full && full.hardLimit > 0 && (
        <a class="quota" href="/settings/storage">
          {t('quota.of', { used: fileSize(full.used), all: fileSize(full.hardLimit) })}
          <meter min={0} max={full.hardLimit} high={full.hardLimit * 0.8} value={full.used} aria-label={t('settings.storage')} />
        </a>
      )}
    </nav>
  );
}
