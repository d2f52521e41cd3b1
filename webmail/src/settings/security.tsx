// Where one is signed in, and the password.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { longDate } from '../i18n/dates';
import { language, t } from '../i18n/words';
import { answered } from '../jmap/client';
import { Button, Field, Icon } from '../ui/parts';

interface WebSession {
  id: string;
  current: boolean;
  created: string;
  lastSeen: string;
  agent: string;
  source: string;
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Accept-Language': language.value }, body: JSON.stringify(body) });
}

/** What a browser calls itself, in two words. */
export function browserName(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrome\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : '';
  const system = /iPhone|iPad/.test(agent) ? 'iOS' : /Android/.test(agent) ? 'Android' : /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return [browser || t('sessions.unknown'), system].filter(Boolean).join(' · ');
}

export function Security() {
  const mail = useStore();
  const [sessions, setSessions] = useState<WebSession[]>([]);
  const load = () =>
    answered(fetch('/web/sessions'))
      .then((answer) => answer.json() as Promise<{ sessions: WebSession[] }>)
      .then(({ sessions: all }) => setSessions(all))
      .catch((fault) => mail.fault(fault));
  useEffect(() => void load(), []);
  const revoke = async (body: { id: string } | { others: true }) => {
    try {
      await answered(post('/web/sessions/revoke', body));
      say(t('sessions.ended'));
      await load();
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <>
      <section class="block">
        <h2>{t('sessions.title')}</h2>
        <p>{t('sessions.explained')}</p>
        <ul class="plain-list">
          {sessions.map((each) => (
            <li key={each.id}>
              <Icon name={/iPhone|Android/.test(each.agent) ? 'phone' : 'globe'} size={22} />
              <span class="grow">
                <strong>{browserName(each.agent)}</strong>
                <small>
                  {each.current ? t('sessions.here') : t('sessions.seen', { date: longDate(each.lastSeen) })} · {each.source}
                </small>
              </span>
              {!each.current && (
                <Button kind="outline" class="small" onClick={() => void revoke({ id: each.id })}>
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {sessions.length > 1 && (
          <Button kind="outline" onClick={() => void revoke({ others: true })}>
            {t('sessions.endOthers')}
          </Button>
        )}
      </section>
      <PasswordForm />
    </>
  );
}

function PasswordForm() {
  const [fault, setFault] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const answer = await post('/web/password', { old: String(data.get('old')), chosen: String(data.get('chosen')) }).catch(() => null);
    if (answer?.ok) {
      setFault('');
      form.reset();
      say(t('password.changed'));
      return;
    }
    const told = (await answer?.json().catch(() => null)) as { detail?: string } | null;
    setFault(told?.detail ?? t('fault.other'));
  };
  return (
    <form class="block" onSubmit={(event) => void submit(event)}>
      <h2>{t('password.title')}</h2>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <Field label={t('password.old')}>{(id) => <input id={id} class="input" name="old" type="password" autocomplete="current-password" required />}</Field>
      <Field label={t('password.new')} hint={t('password.hint')}>
        {(id) => <input id={id} class="input" name="chosen" type="password" autocomplete="new-password" minLength={8} required />}
      </Field>
      <Button kind="primary" type="submit">
        {t('password.change')}
      </Button>
    </form>
  );
}
