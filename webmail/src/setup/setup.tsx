// The first run: a domain, its first person, and what the domain is to publish.
import { useState } from 'preact/hooks';
import { DnsRecords } from '../admin/dns';
import { navigate } from '../app/router';
import { open, phase } from '../app/state';
import { tell, Told } from '../app/web';
import { language, t } from '../i18n/words';
import { Brand, Languages } from '../login/login';
import { Button, Field, Icon } from '../ui/parts';

export default function Setup({ token }: { token: string }) {
  const [domain, setDomain] = useState('');
  const [address, setAddress] = useState('');
  return (
    <main class={`door setup ${address ? 'wide' : ''}`} id="main">
      <Brand />
      {address ? <Records domain={domain} address={address} /> : <Begin token={token} onDone={(made, at) => (setDomain(at), setAddress(made))} />}
      <Languages />
    </main>
  );
}

function Begin({ token, onDone }: { token: string; onDone: (address: string, domain: string) => void }) {
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState(false);
  const [domain, setDomain] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    setBusy(true);
    setFault('');
    try {
      const { address } = await tell<{ address: string }>('/web/setup', {
        token,
        domain: text('domain'),
        person: text('person'),
        name: text('name'),
        password: String(data.get('password') ?? ''),
        language: language.value,
      });
      onDone(address, address.slice(address.lastIndexOf('@') + 1));
    } catch (thrown) {
      setFault(thrown instanceof Told ? thrown.message : t('setup.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)} aria-labelledby="setup-title">
      <p class="step">{t('setup.step', { n: 1, all: 2 })}</p>
      <h1 id="setup-title">{t('setup.title')}</h1>
      <p>{t('setup.intro')}</p>
      <p class="fault" role="alert">
        {fault && (
          <>
            <Icon name="alert" /> {fault}
          </>
        )}
      </p>
      <Field label={t('setup.domain')} hint={t('setup.domainHint')}>
        {(id) => (
          <input
            id={id} name="domain" class="input" required spellcheck={false} autoCapitalize="off" autocomplete="off" placeholder={t('setup.domainExample')}
            onInput={(event) => setDomain(event.currentTarget.value.trim())}
          />
        )}
      </Field>
      <Field label={t('setup.name')}>{(id) => <input id={id} name="name" class="input" autocomplete="name" maxLength={200} required />}</Field>
      <Field label={t('setup.person')}>
        {(id) => (
          <span class="with-suffix">
            <input id={id} name="person" class="input" required spellcheck={false} autoCapitalize="off" autocomplete="off" maxLength={64} />
            <span>@{domain || t('setup.domainExample')}</span>
          </span>
        )}
      </Field>
      <Field label={t('login.password')} hint={t('password.hint')}>
        {(id) => (
          <span class="with-button">
            <input id={id} name="password" class="input" {...({ type: visible ? 'text' : 'password' } as object)} autocomplete="new-password" minLength={8} required />
            <button type="button" class="button icon-only" aria-pressed={visible} aria-label={t('login.show')} onClick={() => setVisible(!visible)}>
              <Icon name="eye" />
            </button>
          </span>
        )}
      </Field>
      <Button kind="primary" type="submit" disabled={busy} class="wide">
        {busy ? t('setup.busy') : t('setup.begin')}
      </Button>
    </form>
  );
}

function Records({ domain, address }: { domain: string; address: string }) {
  const enter = async () => {
    phase.value = 'opening';
    navigate('/mail/inbox', { replace: true });
    await open();
  };
  return (
    <section class="card records-card" aria-labelledby="records-title">
      <p class="step">{t('setup.step', { n: 2, all: 2 })}</p>
      <h1 id="records-title">{t('setup.ready', { domain })}</h1>
      <p>{t('setup.you', { address })}</p>
      <p>{t('setup.publish')}</p>
      <DnsRecords domain={domain} />
      <p class="hint">{t('setup.later')}</p>
      <Button kind="primary" class="wide" onClick={() => void enter()}>
        {t('setup.enter')}
      </Button>
    </section>
  );
}
