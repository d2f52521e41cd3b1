// One row of a list: who, when, about what.
import { memo } from '../ui/memo';
import { momentText, shortDate } from '../i18n/dates';
import { formatNumber, t } from '../i18n/words';
import type { Address, EmailHead, Id } from '../jmap/shapes';
import { useStore } from '../app/state';
import { Icon } from '../ui/parts';
import { star } from './actions';
import { openRow, toggle } from './view';

export function personName(address: Address | undefined): string {
  if (!address) return t('nobody');
  return address.name?.trim() || address.email;
}

/** Whom a row is about: who wrote; in folders of one's own letters, to whom. */
export function correspondents(email: EmailHead, outgoing: boolean): string {
  if (!outgoing) return personName(email.from?.[0]);
  const to = [...(email.to ?? []), ...(email.cc ?? [])].map(personName);
  return to.length ? t('list.to', { who: to.join(', ') }) : t('list.toNobody');
}

/** Who takes part in an exchange, each once, the newest last. */
function participants(letters: EmailHead[], own: string[]): string {
  const names = new Map<string, string>();
  for (const { from } of letters) {
    const sender = from?.[0];
    if (!sender) continue;
    const key = sender.email.toLowerCase();
    names.set(key, own.includes(key) ? t('you') : personName(sender));
  }
  return [...names.values()].join(', ');
}

interface Props {
  id: Id;
  index: number;
  outgoing: boolean;
  /** Whether the row stands for an exchange. */
  collapse: boolean;
  open: boolean;
  cursor: boolean;
  picked: boolean;
}

/** What a row is to those who hear it: one sentence. */
export function sentence(email: EmailHead, who: string, threadSize: number, labels: string[] = []): string {
  return [
    email.keywords.$seen ? '' : t('list.unread'),
    email.keywords.$flagged ? t('list.starred') : '',
    who,
    threadSize > 1 ? t('list.letters', { n: threadSize }) : '',
    email.subject || t('noSubject'),
    email.hasAttachment ? t('list.withAttachment') : '',
    ...labels,
    shortDate(email.receivedAt),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The labels a letter bears. */
export function LabelChips({ keywords, full = false }: { keywords: Record<string, true>; full?: boolean }) {
  const labels = useStore().kept.labels.value.filter((each) => keywords[each.keyword]);
  if (!labels.length) return null;
  return (
    <span class="labels">
      {labels.slice(0, full ? 50 : 3).map((each) => (
        <span key={each.id} class={`label color-${each.color}`}>
          {each.name}
        </span>
      ))}
    </span>
  );
}

export const Row = memo(function Row({ id, index, outgoing, collapse, open, cursor, picked }: Props) {
  const mail = useStore();
  const email = mail.email(id).value;
  if (!email) return <SkeletonRow index={index} />;
  const thread = collapse ? mail.thread(email.threadId).value : null;
  const letters = (thread ?? [id]).map((each) => mail.email(each).value).filter((each): each is EmailHead => each !== null);
  const unread = letters.some((each) => !each.keywords.$seen);
  const flagged = letters.some((each) => each.keywords.$flagged);
  const size = thread?.length ?? 1;
  const labels = mail.kept.labels.value.filter((each) => email.keywords[each.keyword]).map((each) => each.name);
  const later = mail.kept.scheduled.value.get(id)?.sendAt ?? mail.kept.snoozes.value.get(id)?.until;
  const own = mail.identities.value.map((each) => each.email.toLowerCase());
  const who = size > 1 && !outgoing ? participants(letters, own) : correspondents(email, outgoing);
  return (
    <div
      class={`row ${unread ? 'unread' : ''} ${picked ? 'picked' : ''} ${cursor ? 'cursor' : ''}`}
      role="row"
      id={`row-${id}`}
      aria-rowindex={index + 1}
      aria-selected={picked || open}
      aria-label={sentence({ ...email, keywords: unread ? { ...email.keywords, $seen: undefined as never } : { ...email.keywords, $seen: true } }, who, size, labels)}
      data-open={open || undefined}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) toggle(id, event.shiftKey);
        else openRow(id);
      }}
    >
      <span role="gridcell" class="pick">
        <button
          type="button"
          role="checkbox"
          aria-checked={picked}
          aria-label={t('list.pick', { who })}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            toggle(id, event.shiftKey);
          }}
        >
          <Icon name="check" size={14} />
        </button>
      </span>
      <span role="gridcell" class="text">
        <span class="line one">
          <strong>
            {who}
            {size > 1 && <em>{formatNumber(size)}</em>}
          </strong>
          {email.hasAttachment && <Icon name="clip" size={14} />}
          {email.keywords.$answered && <Icon name="reply" size={14} />}
          {later ? (
            <time dateTime={later} class="later">
              <Icon name="clock" size={14} />
              {momentText(new Date(later))}
            </time>
          ) : (
            <time dateTime={email.receivedAt}>{shortDate(email.receivedAt)}</time>
          )}
        </span>
        <span class="line two">
          <LabelChips keywords={email.keywords} />
          <span class="subject">{email.subject || t('noSubject')}</span>
        </span>
        <span class="line three">
          {email.keywords.$phishing && (
            <span class="danger-chip">
              <Icon name="spam" size={14} />
              {t('list.danger')}
            </span>
          )}
          {email.preview}
        </span>
      </span>
      <span role="gridcell" class="flag">
        <button
          type="button"
          aria-pressed={flagged}
          aria-label={flagged ? t('action.unstar') : t('action.star')}
          tabIndex={-1}
          class={flagged ? 'on' : ''}
          onClick={(event) => {
            event.stopPropagation();
            void star([id]);
          }}
        >
          <Icon name="star" size={16} />
        </button>
      </span>
    </div>
  );
});

export function SkeletonRow({ index }: { index: number }) {
  return (
    <div class="row skeleton" role="row" aria-rowindex={index + 1} aria-label={t('loading')}>
      <span role="gridcell" class="text">
        <i style={{ width: '40%' }} />
        <i style={{ width: '75%' }} />
        <i style={{ width: '90%' }} />
      </span>
    </div>
  );
}
