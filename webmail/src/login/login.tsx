// The door: name and password.
import { useRef, useState } from 'preact/hooks';
import { prefer } from '../app/preferences';
import { navigate } from '../app/router';
import { open, phase, signIn } from '../app/state';
import { language, speak, t } from '../i18n/words';
import { Button, Field, Icon } from '../ui/parts';

export function Languages() {
  return (
    <div class="languages">
      {(['fr', 'en'] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={language.value === each}
          onClick={() => {
            prefer({ language: each });
            void speak(each);
          }}
        >
          {each === 'fr' ? 'Français' : 'English'}
        </button>
      ))}
    </div>
  );
}

export function Brand() {
  return (
    <div class="brand">
      <img src="/icon.svg" alt="" width="48" height="48" />
      <span>Facteur</span>
    </div>
  );
}

export function Login() {
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setFault('');
    const outcome = await signIn(String(data.get('name') ?? '').trim(), String(data.get('password') ?? ''));
    setBusy(false);
    if (outcome === 'in') navigate('/mail/inbox', { replace: true });
    else if (outcome === 'denied') setFault(t('login.denied'));
    else if (outcome === 'blocked') setFault(t('login.blocked'));
    else if (outcome === 'unreachable') setFault(t('login.unreachable'));
    if (outcome !== 'in') password.current?.select();
  };
  return (
    <main class="door" id="main">
      <Brand />
      <form class="card" onSubmit={(event) => void submit(event)} aria-labelledby="door-title">
        <h1 id="door-title">{t('login.title')}</h1>
        <p class="fault" role="alert">
          {fault && (
            <>
              <Icon name="alert" /> {fault}
            </>
          )}
        </p>
        <Field label={t('login.name')}>
          {(id) => <input id={id} name="name" class="input" type="email" autocomplete="username" required spellcheck={false} autoCapitalize="off" />}
        </Field>
        <Field label={t('login.password')}>
          {(id) => (
            <span class="with-button">
              <input id={id} ref={password} name="password" class="input" {...({ type: visible ? 'text' : 'password' } as object)} autocomplete="current-password" required />
              <button type="button" class="button icon-only" aria-pressed={visible} aria-label={t('login.show')} onClick={() => setVisible(!visible)}>
                <Icon name="eye" />
              </button>
            </span>
          )}
        </Field>
        <Button kind="primary" type="submit" disabled={busy} class="wide">
          {busy ? t('login.busy') : t('login.enter')}
        </Button>
        <p class="hint">{t('login.hint')}</p>
      </form>
      <Languages />
    </main>
  );
}

/** For those whose password was imposed: another one, before anything else. */
export function MustChange() {
  const [fault, setFault] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const answer = await fetch('/web/password', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language.value },
      body: JSON.stringify({ old: String(data.get('old')), chosen: String(data.get('chosen')) }),
    });
    if (answer.ok) {
      phase.value = 'opening';
      await open();
      navigate('/mail/inbox', { replace: true });
      return;
    }
    const told = (await answer.json().catch(() => ({}))) as { detail?: string };
    setFault(told.detail ?? t('fault.other'));
  };
  return (
    <main class="door" id="main">
      <Brand />
      <form class="card" onSubmit={(event) => void submit(event)} aria-labelledby="change-title">
        <h1 id="change-title">{t('password.mustTitle')}</h1>
        <p>{t('password.must')}</p>
        <p class="fault" role="alert">
          {fault}
        </p>
        <Field label={t('password.old')}>{(id) => <input id={id} class="input" name="old" type="password" autocomplete="current-password" required />}</Field>
        <Field label={t('password.new')} hint={t('password.hint')}>
          {(id) => <input id={id} class="input" name="chosen" type="password" autocomplete="new-password" minLength={8} required />}
        </Field>
        <Button kind="primary" type="submit" class="wide">
          {t('password.change')}
        </Button>
      </form>
    </main>
  );
}
