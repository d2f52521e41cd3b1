// Begins: language, looks, who is signed in.
import '../style/main.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { language, speak, t } from '../i18n/words';
import { Brand, Login, MustChange } from '../login/login';
import { mailboxName } from '../mail/folders';
import { currentLabel, currentMailbox } from '../mail/view';
import { lazy } from '../ui/lazy';
import { Button } from '../ui/parts';
import { handleKey } from './keys';
import { applyPreferences, chosenLanguage } from './preferences';
import { followHistory, followLinks, route } from './router';
import { Shell } from './shell';
import { inboxUnread, open, phase } from './state';

const Setup = lazy<{ token: string }>(() => import('../setup/setup'));

function App() {
  void language.value;
  useEffect(() => {
    document.getElementById('app')?.removeAttribute('aria-busy');
  }, []);
  const at = route.value;
  if (at.page === 'setup') return <Setup token={at.token} />;
  switch (phase.value) {
    case 'opening':
      return <Boot />;
    case 'out':
      return <Login />;
    case 'change':
      return <MustChange />;
    case 'unreachable':
      return (
        <main class="door" id="main">
          <Brand />
          <div class="card">
            <h1>{t('offline.title')}</h1>
            <p>{t('offline.nothing')}</p>
            <Button kind="primary" onClick={() => void open()}>
              {t('again')}
            </Button>
          </div>
        </main>
      );
    case 'in':
      return <Shell />;
  }
}

function Boot() {
  return (
    <main id="main" aria-busy="true" aria-label={t('loading')}>
      <div class="boot" aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
    </main>
  );
}

function title(): string {
  const at = route.value;
  const place =
    at.page === 'setup' ? t('setup.title')
    : phase.value !== 'in' ? t('login.title')
    : at.page === 'mail' ? (currentMailbox.value ? mailboxName(currentMailbox.value) : t('room.mail'))
    : at.page === 'search' ? t('search.results')
    : at.page === 'compose' ? t('compose.title')
    : at.page === 'devices' ? t('room.devices')
    : at.page === 'recover' ? t('room.recover')
    : at.page === 'label' ? (currentLabel.value?.name ?? t('labels'))
    : at.page === 'people' ? t('room.people')
    : at.page === 'scheduled' ? t('scheduled.title')
    : at.page === 'sent' ? t('trace.title')
    : at.page === 'admin' ? t('room.admin')
    : t('room.settings');
  const unread = inboxUnread.value ? `(${inboxUnread.value}) ` : '';
  return `${unread}${place} — Facteur`;
}

async function serviceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } } }).trustedTypes;
  const address = types ? types.createPolicy('worker', { createScriptURL: () => '/sw.js' }).createScriptURL('') : '/sw.js';
  await navigator.serviceWorker.register(address as string);
}

applyPreferences();
followHistory();
followLinks();
document.addEventListener('keydown', handleKey);
await speak(chosenLanguage());
effect(() => {
  void language.value;
  document.title = title();
});
effect(() => {
  const badge = navigator as { setAppBadge?: (n: number) => Promise<void> };
  void badge.setAppBadge?.(inboxUnread.value)?.catch(() => {});
});
const root = document.getElementById('app')!;
root.replaceChildren();
render(<App />, root);
if (route.peek().page !== 'setup') void open();
void serviceWorker().catch(() => {});
