// One letter: who writes, from which address, to whom; its text; its files.
import { useEffect, useState } from 'preact/hooks';
import { prefer, preferences } from '../app/preferences';
import { navigate } from '../app/router';
import { useStore } from '../app/state';
import { fullDate, longDate } from '../i18n/dates';
import { t } from '../i18n/words';
import { SIEVE } from '../jmap/client';
import type { Address, BodyPart, EmailFull, EmailHead, Id } from '../jmap/shapes';
import { markRead, seen, star } from '../mail/actions';
import { personName } from '../mail/row';
import { AddressText, Avatar, Button, Icon, IconButton, Menu } from '../ui/parts';
import { Attachments } from './attachments';
import { Frame, type FrameFacts, type Pointed } from './frame';
import { LinkCard } from './link-card';
import { source } from './source';

/** Files that are not pictures within the text. */
export function realAttachments(email: EmailFull): BodyPart[] {
  return email.attachments.filter((part) => !(part.cid && part.type.startsWith('image/') && part.disposition !== 'attachment'));
}

export function answer(id: Id, kind: 'reply' | 'all' | 'forward'): void {
  navigate(`/compose?${kind}=${encodeURIComponent(id)}`);
}

function people(list: Address[] | null, own: string[]): string {
  return (list ?? []).map((each) => (own.includes(each.email.toLowerCase()) ? t('you') : personName(each))).join(', ');
}

function Details({ email }: { email: EmailFull }) {
  const row = (word: string, list: Address[] | null) =>
    list && list.length > 0 ? (
      <>
        <dt>{word}</dt>
        <dd>
          {list.map((each, i) => (
            <span key={i} class="person">
              {each.name && <span>{each.name} </span>}
              <AddressText email={each.email} />
            </span>
          ))}
        </dd>
      </>
    ) : null;
  return (
    <dl class="details">
      {row(t('from'), email.from)}
      {row(t('to'), email.to)}
      {row(t('cc'), email.cc)}
      {row(t('bcc'), email.bcc)}
      {row(t('replyTo'), email.replyTo)}
      <dt>{t('date')}</dt>
      <dd>{fullDate(email.sentAt ?? email.receivedAt)}</dd>
    </dl>
  );
}

export function Letter({ head, expanded, onToggle, only }: { head: EmailHead; expanded: boolean; onToggle: () => void; only: boolean }) {
  const mail = useStore();
  const [full, setFull] = useState<EmailFull | null>(null);
  const [failed, setFailed] = useState(false);
  const [details, setDetails] = useState(false);
  const sender = head.from?.[0];
  const address = sender?.email ?? '';
  const trusted = preferences.value.images.includes(address.toLowerCase());
  const [images, setImages] = useState(trusted);
  const [original, setOriginal] = useState(false);
  const [facts, setFacts] = useState<FrameFacts>({ held: 0, turned: false });
  const [link, setLink] = useState<Pointed | null>(null);
  const own = mail.identities.value.map((each) => each.email.toLowerCase());
  useEffect(() => {
    if (!expanded) return;
    let here = true;
    setFailed(false);
    mail.full(head.id).then(
      (email) => {
        if (!here) return;
        setFull(email);
        seen(head.id);
      },
      () => here && setFailed(true),
    );
    return () => {
      here = false;
    };
  }, [head.id, expanded]);
  if (!expanded) {
    return (
      <article class="letter folded">
        <button type="button" class="fold" aria-expanded="false" onClick={onToggle}>
          <Avatar name={sender?.name ?? ''} email={address} size={32} />
          <strong>{personName(sender)}</strong>
          <span class="preview">{head.preview}</span>
          <time>{longDate(head.receivedAt)}</time>
        </button>
      </article>
    );
  }
  const unread = !head.keywords.$seen;
  return (
    <article class="letter" aria-label={t('reader.letterFrom', { who: personName(sender) })}>
      <header class="who">
        <Avatar name={sender?.name ?? ''} email={address} />
        <div class="names">
          <strong>{personName(sender)}</strong>
          <div class="line">
            <AddressText email={address} />
          </div>
          <div class="line">
            {t('reader.toWhom', { who: people([...(head.to ?? []), ...(head.cc ?? [])], own) || t('nobody') })} ·{' '}
            <time dateTime={head.receivedAt}>{longDate(head.receivedAt)}</time>{' '}
            <button type="button" class="link" aria-expanded={details} onClick={() => setDetails(!details)}>
              {details ? t('reader.lessDetails') : t('reader.details')}
            </button>
          </div>
        </div>
        <div class="tools">
          <IconButton
            icon="star"
            label={head.keywords.$flagged ? t('action.unstar') : t('action.star')}
            shortcut="s"
            class={head.keywords.$flagged ? 'starred' : ''}
            aria-pressed={Boolean(head.keywords.$flagged)}
            onClick={() => void star([head.id])}
          />
          <IconButton icon="reply" label={t('action.reply')} shortcut="r" onClick={() => answer(head.id, 'reply')} />
          <Menu
            icon="more"
            label={t('more')}
            items={[
              { icon: 'replyAll', label: t('action.replyAll'), shortcut: 'a', run: () => answer(head.id, 'all') },
              { icon: 'forward', label: t('action.forward'), shortcut: 'f', run: () => answer(head.id, 'forward') },
              null,
              { icon: unread ? 'read' : 'unread', label: unread ? t('action.read') : t('action.unread'), run: () => void markRead(unread, [head.id]) },
              facts.turned || original
                ? { icon: 'moon', label: original ? t('reader.darkened') : t('reader.original'), run: () => setOriginal(!original) }
                : { icon: 'print', label: t('action.print'), shortcut: 'p', run: () => print() },
              facts.turned || original ? { icon: 'print', label: t('action.print'), shortcut: 'p', run: () => print() } : null,
              address && mail.client.can(SIEVE) ? { icon: 'rules', label: t('action.rule'), run: () => navigate(`/settings/rules?from=${encodeURIComponent(address)}`) } : null,
              { icon: 'source', label: t('action.source'), run: () => (source.value = head.id) },
              { icon: 'download', label: t('action.download'), run: () => location.assign(mail.client.download(head.blobId, `${head.subject || 'letter'}.eml`, 'message/rfc822')) },
              only ? null : null,
            ].filter((each, i, all) => each !== null || (all[i + 1] !== undefined && all[i + 1] !== null))}
          />
          {!only && <IconButton icon="down" label={t('reader.fold')} onClick={onToggle} />}
        </div>
      </header>
      {details && full && <Details email={full} />}
      {facts.held > 0 && !images && (
        <div class="notice">
          <Icon name="image" />
          <span>{t('images.held', { n: facts.held })}</span>
          <span class="acts">
            <Button class="small" onClick={() => setImages(true)}>
              {t('images.show')}
            </Button>
            <Button
              class="small"
              onClick={() => {
                setImages(true);
                prefer({ images: [...preferences.value.images, address.toLowerCase()] });
              }}
            >
              {t('images.always')}
            </Button>
          </span>
        </div>
      )}
      {failed ? (
        <div class="notice" role="alert">
          <Icon name="offline" />
          <span>{t('reader.failed')}</span>
        </div>
      ) : (
        <div class="body">
          <Frame id={head.id} images={images} original={original} onFacts={setFacts} onPoint={setLink} />
          {full && <Attachments parts={realAttachments(full)} />}
        </div>
      )}
      {link && <LinkCard link={link} />}
    </article>
  );
}
