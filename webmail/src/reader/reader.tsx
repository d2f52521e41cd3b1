// The reading pane: a letter, or an exchange with its newest letter open.
import { useEffect, useRef, useState } from 'preact/hooks';
import { back, labelPath, mailPath, navigate, route } from '../app/router';
import { preferences } from '../app/preferences';
import { useStore } from '../app/state';
import { momentText } from '../i18n/dates';
import { t } from '../i18n/words';
import type { EmailHead, Id } from '../jmap/shapes';
import { archive, spam, trash } from '../mail/actions';
import { askMove } from '../mail/move';
import { LabelChips } from '../mail/row';
import { currentMailbox, cursor, neighbour, openRow, show } from '../mail/view';
import { askLabel, askSnooze } from '../organise/asking';
import { Button, Icon, IconButton, Menu } from '../ui/parts';
import { answer, Letter } from './letter';
import { SourceDialog } from './source';

function Tools({ id }: { id: Id }) {
  const junk = currentMailbox.value?.role === 'junk';
  const go = (step: 1 | -1) => {
    const next = neighbour(step);
    if (next && next !== id) openRow(next);
  };
  return (
    <div class="reader-tools" role="toolbar" aria-label={t('reader.tools')}>
      <IconButton
        icon="back"
        label={t('back')}
        shortcut="u"
        class="only-narrow"
        onClick={() => {
          const at = route.peek();
          back(at.page === 'mail' ? mailPath(at.mailbox) : at.page === 'label' ? labelPath(at.label) : mailPath('inbox'));
        }}
      />
      <Button icon="archive" class="worded" title={`${t('action.archive')} (e)`} onClick={() => void archive([id])}>
        {t('action.archive')}
      </Button>
      <IconButton icon="trash" label={t('action.trash')} shortcut="#" onClick={() => void trash([id])} />
      <IconButton icon="spam" label={junk ? t('action.notSpam') : t('action.spam')} shortcut="!" onClick={() => void spam([id])} />
      <IconButton icon="clock" label={t('action.snooze')} shortcut="b" onClick={() => askSnooze([id])} />
      <IconButton icon="folder" label={t('action.move')} shortcut="v" onClick={() => askMove([id])} />
      <IconButton icon="label" label={t('action.label')} shortcut="l" onClick={() => askLabel([id])} />
      <span class="grow" />
      <IconButton icon="left" label={t('reader.newer')} shortcut="k" onClick={() => go(-1)} />
      <IconButton icon="right" label={t('reader.older')} shortcut="j" onClick={() => go(1)} />
    </div>
  );
}

/** On a phone, what is done most, within reach of the thumb. */
function FootBar({ id }: { id: Id }) {
  return (
    <div class="reader-foot" role="toolbar" aria-label={t('reader.tools')}>
      <Button icon="archive" onClick={() => void archive([id])}>
        {t('action.archive')}
      </Button>
      <Button icon="reply" onClick={() => answer(id, 'reply')}>
        {t('action.reply')}
      </Button>
      <Menu
        icon="more"
        label={t('more')}
        text={t('more')}
        class="up"
        items={[
          { icon: 'replyAll', label: t('action.replyAll'), run: () => answer(id, 'all') },
          { icon: 'forward', label: t('action.forward'), run: () => answer(id, 'forward') },
          { icon: 'folder', label: t('action.move'), run: () => askMove([id]) },
          { icon: 'label', label: t('action.label'), run: () => askLabel([id]) },
          { icon: 'clock', label: t('action.snooze'), run: () => askSnooze([id]) },
          { icon: 'spam', label: t('action.spam'), run: () => void spam([id]) },
          { icon: 'trash', label: t('action.trash'), run: () => void trash([id]) },
        ]}
      />
    </div>
  );
}

export function Reader({ id }: { id: Id }) {
  const mail = useStore();
  const email = mail.email(id).value;
  const together = preferences.value.reading === 'exchanges' && route.value.page === 'mail';
  const thread = email && together ? mail.thread(email.threadId).value : null;
  const [missing, setMissing] = useState(false);
  const [folded, setFolded] = useState<ReadonlyMap<Id, boolean>>(new Map());
  const heading = useRef<HTMLHeadingElement>(null);
  const threadId = email?.threadId;
  useEffect(() => {
    setMissing(false);
    setFolded(new Map());
    cursor.value = id;
    if (!mail.peek(id)) mail.full(id).catch(() => setMissing(true));
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('main')?.scrollTo(0, 0);
  }, [id]);
  useEffect(() => {
    if (together && threadId) void mail.openThread(threadId).catch(() => {});
  }, [threadId, together]);
  if (!email) {
    return (
      <main class="reader" id="main">
        {missing ? <Nothing word={t('reader.gone')} /> : <div class="reader-inside loading" aria-busy="true" />}
      </main>
    );
  }
  const scheduled = mail.kept.scheduled.value.get(id);
  const letters: EmailHead[] = (thread ?? [id]).map((each) => mail.email(each).value).filter((each): each is EmailHead => each !== null);
  const shown = letters.length ? letters : [email];
  const lastUnread = shown.find((each) => !each.keywords.$seen);
  const isOpen = (each: EmailHead, i: number) =>
    folded.get(each.id) ?? (shown.length === 1 || i === shown.length - 1 || each.id === id || each.id === lastUnread?.id);
  return (
    <main class="reader" id="main">
      <Tools id={id} />
      <div class="reader-inside">
        <h1 ref={heading} tabIndex={-1}>
          {email.subject || t('noSubject')}
        </h1>
        <LabelChips keywords={email.keywords} full />
        {scheduled && (
          <div class="notice">
            <Icon name="clock" />
            <span>{t('scheduled.leaves', { date: momentText(new Date(scheduled.sendAt)) })}</span>
            <span class="acts">
              <Button class="small" onClick={() => navigate('/scheduled')}>
                {t('scheduled.title')}
              </Button>
            </span>
          </div>
        )}
        {shown.map((each, i) => (
          <Letter
            key={each.id}
            head={each}
            only={shown.length === 1}
            expanded={isOpen(each, i)}
            onToggle={() => setFolded(new Map(folded).set(each.id, !isOpen(each, i)))}
          />
        ))}
        <div class="answers">
          <Button kind="outline" icon="reply" onClick={() => answer(shown.at(-1)!.id, 'reply')}>
            {t('action.reply')}
          </Button>
          <Button kind="outline" icon="replyAll" onClick={() => answer(shown.at(-1)!.id, 'all')}>
            {t('action.replyAll')}
          </Button>
          <Button kind="outline" icon="forward" onClick={() => answer(shown.at(-1)!.id, 'forward')}>
            {t('action.forward')}
          </Button>
        </div>
      </div>
      <FootBar id={id} />
      <SourceDialog />
    </main>
  );
}

export function Nothing({ word }: { word?: string }) {
  return (
    <div class="nothing">
      <Icon name="mail" size={48} />
      <p>{word ?? t('reader.none')}</p>
      {word && (
        <Button kind="outline" onClick={() => navigate(mailPath('inbox'))}>
          {t('folder.inbox')}
        </Button>
      )}
    </div>
  );
}

export { show };
export default Reader;
