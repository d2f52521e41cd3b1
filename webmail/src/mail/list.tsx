// The list: its head, its rows, what is done with many at once.
import { useEffect } from 'preact/hooks';
import { effect } from '@preact/signals';
import { preferences, prefer } from '../app/preferences';
import { store } from '../app/state';
import { formatNumber, t } from '../i18n/words';
import type { Id } from '../jmap/shapes';
import { askLabel, askSnooze } from '../organise/asking';
import { Chips } from '../search/search-bar';
import { Button, Icon, IconButton, Menu } from '../ui/parts';
import { VirtualList } from '../ui/virtual-list';
import { archive, emptyMailbox, markRead, spam, trash } from './actions';
import { mailboxIcon, mailboxName } from './folders';
import { MoveMenu } from './move';
import { Row, SkeletonRow } from './row';
import { allSelected, clearSelection, currentLabel, currentList, currentMailbox, cursor, openEmail, openRow, searching, selected } from './view';

const HEIGHTS = { comfortable: 76, medium: 56, compact: 40 } as const;

function rowHeight(): number {
  return Math.round((HEIGHTS[preferences.value.density] * preferences.value.textSize) / 100);
}

function Head() {
  const box = currentMailbox.value;
  const list = currentList.value;
  void list?.version.value;
  const size = list?.length ?? 0;
  if (selected.value.size) return <SelectionBar />;
  return (
    <div class="list-head">
      <h1 tabIndex={-1}>{box ? mailboxName(box) : currentLabel.value ? currentLabel.value.name : searching.value ? t('search.results') : t('loading')}</h1>
      <span class="count" aria-live={searching.value ? 'polite' : undefined}>
        {list?.state.value === 'ready' ? t(list.spec.collapse ? 'list.exchanges' : 'list.letters', { n: size }) : ''}
      </span>
      {box && (box.role === 'trash' || box.role === 'junk') && size > 0 && (
        <Button class="small" onClick={() => void emptyMailbox()}>
          {t('list.empty')}
        </Button>
      )}
      <Menu
        icon="settings"
        label={t('list.view')}
        items={[
          { label: t('reading.letters'), checked: preferences.value.reading !== 'exchanges', run: () => prefer({ reading: 'letters' }) },
          { label: t('reading.exchanges'), checked: preferences.value.reading === 'exchanges', run: () => prefer({ reading: 'exchanges' }) },
          null,
          { label: t('density.comfortable'), checked: preferences.value.density === 'comfortable', run: () => prefer({ density: 'comfortable' }) },
          { label: t('density.medium'), checked: preferences.value.density === 'medium', run: () => prefer({ density: 'medium' }) },
          { label: t('density.compact'), checked: preferences.value.density === 'compact', run: () => prefer({ density: 'compact' }) },
          null,
          { icon: 'refresh', label: t('list.refresh'), run: () => void store.peek()?.sync() },
        ]}
      />
    </div>
  );
}

function SelectionBar() {
  const list = currentList.value;
  const count = allSelected.value ? (list?.length ?? 0) : selected.value.size;
  const junk = currentMailbox.value?.role === 'junk';
  const more = list && !allSelected.value && selected.value.size < list.length;
  return (
    <div class="list-head selection" role="toolbar" aria-label={t('list.selection')}>
      <IconButton icon="close" label={t('list.unselect')} shortcut="Esc" onClick={clearSelection} />
      <strong aria-live="polite">{t('list.selected', { n: count })}</strong>
      <IconButton icon="archive" label={t('action.archive')} shortcut="e" onClick={() => void archive()} />
      <IconButton icon="trash" label={t('action.trash')} shortcut="#" onClick={() => void trash()} />
      <MoveMenu />
      <Menu
        icon="more"
        label={t('more')}
        items={[
          { icon: 'read', label: t('action.read'), run: () => void markRead(true) },
          { icon: 'unread', label: t('action.unread'), run: () => void markRead(false) },
          { icon: 'label', label: t('action.label'), shortcut: 'l', run: () => askLabel() },
          { icon: 'clock', label: t('action.snooze'), shortcut: 'b', run: () => askSnooze() },
          { icon: 'spam', label: junk ? t('action.notSpam') : t('action.spam'), run: () => void spam() },
          more ? { icon: 'check', label: t('list.selectAll', { n: list.length }), run: () => selectAll() } : null,
        ]}
      />
    </div>
  );
}

function selectAll(): void {
  const list = currentList.peek();
  if (!list) return;
  selected.value = new Set(list.known());
  allSelected.value = true;
}

function Empty() {
  const box = currentMailbox.value;
  const word = currentLabel.value ? t('label.empty') : box === null ? t('search.nothing') : box.role === 'inbox' ? t('list.emptyInbox') : t('list.emptyFolder');
  return (
    <div class="empty">
      <Icon name={box ? mailboxIcon(box) : currentLabel.value ? 'label' : 'search'} size={40} />
      <p>{word}</p>
    </div>
  );
}

function AskReading() {
  if (preferences.value.reading !== null || currentMailbox.value?.role !== 'inbox') return null;
  return (
    <section class="ask" aria-labelledby="ask-reading">
      <h2 id="ask-reading">{t('reading.ask')}</h2>
      <div>
        <button type="button" onClick={() => prefer({ reading: 'letters' })}>
          <b>{t('reading.letters')}</b>
          <small>{t('reading.lettersHint')}</small>
        </button>
        <button type="button" onClick={() => prefer({ reading: 'exchanges' })}>
          <b>{t('reading.exchanges')}</b>
          <small>{t('reading.exchangesHint')}</small>
        </button>
      </div>
    </section>
  );
}

/** Bodies of the rows that are likely to be read next. */
function prefetch(ids: Id[]): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  for (const id of ids) void store.peek()?.full(id).catch(() => {});
}

export function LetterList() {
  const list = currentList.value;
  useEffect(
    () =>
      effect(() => {
        const shown = currentList.value;
        clearSelection();
        void shown?.open();
        if (currentMailbox.peek()?.role === 'snoozed') void store.peek()?.kept.loadSnoozes();
      }),
    [],
  );
  void list?.version.value;
  const box = currentMailbox.value;
  const outgoing = box?.role === 'sent' || box?.role === 'drafts';
  const count = list?.length ?? 0;
  const state = list?.state.value ?? 'cold';
  const at = cursor.value;
  const open = openEmail.value;
  const picked = selected.value;
  return (
    <section class={`list ${picked.size ? 'selecting' : ''}`} aria-label={t('list')}>
      <Head />
      <Chips />
      <AskReading />
      {state === 'failed' && count === 0 ? (
        <div class="empty" role="status">
          <Icon name="offline" size={40} />
          <p>{t('offline.nothing')}</p>
          <Button kind="outline" onClick={() => void list?.open()}>
            {t('again')}
          </Button>
        </div>
      ) : state === 'ready' && count === 0 ? (
        <Empty />
      ) : (
        <VirtualList
          key={list?.spec.key ?? ''}
          count={state === 'cold' ? 12 : count}
          rowHeight={rowHeight()}
          label={box ? mailboxName(box) : currentLabel.value ? currentLabel.value.name : searching.value ? t('search.results') : t('loading')}
          current={at && list ? list.indexOf(at) : -1}
          activeId={at ? `row-${at}` : undefined}
          onSight={({ first, last }) => {
            list?.ensure(first, last);
          }}
          onKeyDown={(event) => {
            if ((event.key === 'Enter' || event.key === 'ArrowRight') && at) {
              openRow(at);
              event.preventDefault();
            }
          }}
          row={(index) => {
            const id = list?.at(index);
            if (!id) return <SkeletonRow key={index} index={index} />;
            return (
              <Row
                key={id}
                id={id}
                index={index}
                outgoing={outgoing}
                collapse={list!.spec.collapse}
                open={id === open}
                cursor={id === at}
                picked={picked.has(id)}
              />
            );
          }}
        />
      )}
      <div class="list-foot">{count > 0 && list ? <span class="hidden">{formatNumber(count)}</span> : null}</div>
    </section>
  );
}

export { prefetch };
