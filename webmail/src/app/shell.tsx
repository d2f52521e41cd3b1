// The frame of the pages: rail, head, rooms.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/words';
import { Folders } from '../mail/folders';
import { LetterList } from '../mail/list';
import { CONTACTS } from '../jmap/client';
import { MoveDialog } from '../mail/move';
import { openEmail } from '../mail/view';
import { asking } from '../organise/asking';
import { SearchBar } from '../search/search-bar';
import { lazy } from '../ui/lazy';
import { Avatar, Button, Icon, IconButton, Menu } from '../ui/parts';
import { HelpDialog, Palette, useMailKeys } from './help';
import { administrator, loadMe } from './me';
import { inMail, mailPath, navigate, route, type Route } from './router';
import { account, signOut, spoken, store } from './state';
import { toasts, unsay } from './toasts';

export const drawer = signal(false);

const onePane = typeof matchMedia === 'undefined' ? null : matchMedia('(max-width: 899px)');
const narrow = signal(onePane?.matches ?? false);
onePane?.addEventListener?.('change', (event) => (narrow.value = event.matches));

const loadReader = () => import('../reader/reader');
const loadCompose = () => import('../compose/compose');
const Reader = lazy<{ id: string }>(loadReader);
const Compose = lazy<object>(loadCompose);
const Settings = lazy<object>(() => import('../settings/settings'));
const Recover = lazy<object>(() => import('../settings/recover'));
const Admin = lazy<object>(() => import('../admin/admin'));
const People = lazy<object>(() => import('../people/people'));
const Scheduled = lazy<object>(() => import('../organise/scheduled'));
const Sent = lazy<object>(() => import('../organise/sent'));
const Dialogs = lazy<object>(() => import('../organise/dialogs'), 'nothing');

/** Parts that will be needed soon, fetched while nothing else is done. */
function fetchAhead(): void {
  const idle = (globalThis as { requestIdleCallback?: (work: () => void) => void }).requestIdleCallback ?? ((work) => setTimeout(work, 400));
  idle(() => {
    void loadReader();
    void loadCompose();
  });
}

function Rail() {
  const at = route.value.page;
  const mail = inMail(route.value) || at === 'scheduled' || at === 'sent';
  return (
    <nav class="rail" aria-label={t('rail')}>
      <a href="/mail/inbox" aria-current={mail ? 'page' : undefined}>
        <Icon name="mail" size={22} />
        {t('room.mail')}
      </a>
      {store.value?.client.can(CONTACTS) && (
        <a href="/people" aria-current={at === 'people' ? 'page' : undefined}>
          <Icon name="people" size={22} />
          {t('room.people')}
        </a>
      )}
      <a href="/recover" aria-current={at === 'recover' ? 'page' : undefined}>
        <Icon name="restore" size={22} />
        {t('room.recover')}
      </a>
      <span class="grow" />
      <a href="/devices" aria-current={at === 'devices' ? 'page' : undefined}>
        <Icon name="phone" size={22} />
        {t('room.devices')}
      </a>
      {administrator.value && (
        <a href="/admin/health" aria-current={at === 'admin' ? 'page' : undefined} class="only-wide">
          <Icon name="server" size={22} />
          {t('room.admin.short')}
        </a>
      )}
      <a href="/settings/appearance" aria-current={at === 'settings' ? 'page' : undefined}>
        <Icon name="settings" size={22} />
        {t('room.settings')}
      </a>
    </nav>
  );
}

function Head() {
  const { email, name } = account.value;
  const waiting = store.value?.ops.count.value ?? 0;
  const online = store.value?.online.value ?? true;
  return (
    <header class="head">
      <IconButton icon="menu" label={t('folders')} class="only-drawer" aria-expanded={drawer.value} onClick={() => (drawer.value = !drawer.value)} />
      <Button kind="primary" icon="write" class="write" title={`${t('compose.title')} (c)`} onClick={() => navigate('/compose')}>
        {t('write')}
      </Button>
      <SearchBar />
      {!online && (
        <span class="offline" role="status">
          <Icon name="offline" />
          <span>{waiting ? t('offline.waiting', { n: waiting }) : t('offline')}</span>
        </span>
      )}
      <span class="grow" />
      <IconButton icon="help" label={t('help')} shortcut="?" class="only-wide" onClick={() => (helpShown.value = true)} />
      <span class="me">
        <Avatar name={name} email={email} size={32} />
        <Menu
          icon="down"
          label={t('account.of', { who: email })}
          items={[
            { icon: 'settings', label: t('room.settings'), run: () => navigate('/settings/appearance') },
            { icon: 'send', label: t('trace.title'), run: () => navigate('/sent') },
            administrator.value ? { icon: 'server', label: t('room.admin'), run: () => navigate('/admin/health') } : undefined,
            { icon: 'phone', label: t('room.devices'), run: () => navigate('/devices') },
            { icon: 'keyboard', label: t('help.keys'), shortcut: '?', run: () => (helpShown.value = true) },
            null,
            { icon: 'logout', label: t('login.leave'), run: () => void signOut() },
          ].filter((each) => each !== undefined)}
        />
      </span>
    </header>
  );
}

export const helpShown = signal(false);

function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((each) => (
        <div class={`toast ${each.kind}`} key={each.id}>
          <span>{each.text}</span>
          {each.actions.map((action) => (
            <button type="button" key={action.label} onClick={action.run}>
              {action.label}
            </button>
          ))}
          <IconButton icon="close" label={t('close')} onClick={() => unsay(each.id)} />
        </div>
      ))}
    </div>
  );
}

function MailRoom() {
  const open = openEmail.value;
  const writing = route.value.page === 'compose';
  const alone = narrow.value && !open && !writing;
  return (
    <div class={`room mail ${open || writing ? 'reading' : ''}`}>
      <div class={`drawer ${drawer.value ? 'open' : ''}`} onClick={() => (drawer.value = false)}>
        <Folders />
      </div>
      <div class="list-side" role={alone ? 'main' : undefined} id={alone ? 'main' : undefined}>
        <LetterList />
      </div>
      {writing ? <Compose /> : open ? <Reader id={open} /> : !alone && <Waiting />}
      {!writing && (
        <Button kind="primary" icon="write" class="float-write" onClick={() => navigate('/compose')}>
          {t('write')}
        </Button>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <main class="reader waiting" id="main">
      <div class="nothing">
        <Icon name="mail" size={48} />
        <p>{t('reader.none')}</p>
      </div>
    </main>
  );
}

function Room({ at }: { at: Route }) {
  switch (at.page) {
    case 'mail':
    case 'search':
    case 'label':
    case 'compose':
      return <MailRoom />;
    case 'recover':
      return <Recover />;
    case 'admin':
      return <Admin />;
    case 'people':
      return <People />;
    case 'scheduled':
      return <Scheduled />;
    case 'sent':
      return <Sent />;
    case 'settings':
    case 'devices':
    case 'login':
    case 'setup':
      return <Settings />;
  }
}

export function Shell() {
  useMailKeys(() => (helpShown.value = true));
  useEffect(fetchAhead, []);
  useEffect(() => void loadMe().catch(() => {}), [store.value]);
  const at = route.value;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skip}>
        {t('skip')}
      </a>
      <Rail />
      <Head />
      <Room at={at} />
      {asking.value && <Dialogs />}
      <MoveDialog />
      <Palette />
      {helpShown.value && <HelpDialog onClose={() => (helpShown.value = false)} />}
      <Toasts />
      <div class="hidden" role="status" aria-live="polite">
        {spoken.value}
      </div>
    </div>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}

export { mailPath };
