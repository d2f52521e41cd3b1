// Phones, tablets and programs: each with a password of its own.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { longDate } from '../i18n/dates';
import { t } from '../i18n/words';
import { DEVICES, MethodFault } from '../jmap/client';
import type { GetAnswer, SetAnswer } from '../jmap/shapes';
import { Button, Dialog, Field, Icon } from '../ui/parts';

interface Device {
  id: string;
  name: string;
  created: string;
  protocols: string[];
}

const WAYS = [
  { icon: 'globe', title: 'ways.browser', text: 'ways.browserText' },
  { icon: 'refresh', title: 'ways.mirror', text: 'ways.mirrorText' },
  { icon: 'mail', title: 'ways.pop', text: 'ways.popText' },
] as const;

export function Devices() {
  const mail = useStore();
  const [devices, setDevices] = useState<Device[]>([]);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  const able = mail.client.can(DEVICES);
  const load = () =>
    mail.client.call<GetAnswer<Device>>('Device/get', { ids: null }).then(
      (answer) => setDevices(answer.list),
      (fault) => mail.fault(fault),
    );
  useEffect(() => {
    if (able) void load();
  }, []);
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name') ?? '').trim();
    try {
      const answer = await mail.client.call<SetAnswer<{ id: string; password: string }>>('Device/set', { create: { device: { name, protocols: ['imap', 'smtp', 'pop3', 'dav', 'sieve'] } } });
      const device = answer.created?.device;
      if (!device) throw new MethodFault(answer.notCreated?.device?.type ?? 'serverFail', '');
      form.reset();
      setMade({ name, password: device.password });
      await load();
    } catch (fault) {
      mail.fault(fault);
    }
  };
  const revoke = async (device: Device) => {
    if (!confirm(t('devices.revokeAsk', { name: device.name }))) return;
    try {
      await mail.client.call<SetAnswer>('Device/set', { destroy: [device.id] });
      say(t('devices.revoked', { name: device.name }));
      await load();
    } catch (fault) {
      mail.fault(fault);
    }
  };
  const host = location.hostname;
  return (
    <>
      <div class="ways">
        {WAYS.map((way) => (
          <section key={way.title}>
            <Icon name={way.icon} size={24} />
            <h2>{t(way.title)}</h2>
            <p>{t(way.text)}</p>
          </section>
        ))}
      </div>
      {able && (
        <section class="block">
          <h2>{t('devices.passwords')}</h2>
          <p>{t('devices.explained')}</p>
          <ul class="plain-list">
            {devices.map((each) => (
              <li key={each.id}>
                <Icon name="key" size={20} />
                <span class="grow">
                  <strong>{each.name}</strong>
                  <small>{t('devices.since', { date: longDate(each.created) })}</small>
                </span>
                <Button kind="outline" class="small" onClick={() => void revoke(each)}>
                  {t('devices.revoke')}
                </Button>
              </li>
            ))}
          </ul>
          <form class="inline-form" onSubmit={(event) => void add(event)}>
            <Field label={t('devices.name')}>{(id) => <input id={id} class="input" name="name" required maxLength={100} placeholder={t('devices.example')} />}</Field>
            <Button kind="primary" icon="plus" type="submit">
              {t('devices.add')}
            </Button>
          </form>
        </section>
      )}
      <section class="block">
        <h2>{t('devices.settings')}</h2>
        <p>{t('devices.settingsText')}</p>
        <Values
          rows={[
            [t('devices.user'), mail.client.session.username],
            [t('devices.in'), `${host} · 993 · TLS`],
            [t('devices.out'), `${host} · 465 · TLS`],
            [t('devices.popIn'), `${host} · 995 · TLS`],
          ]}
        />
      </section>
      {made && (
        <Dialog title={t('devices.made', { name: made.name })} onClose={() => setMade(null)}>
          <p>{t('devices.once')}</p>
          <Values rows={[[t('login.password'), made.password]]} />
        </Dialog>
      )}
    </>
  );
}

function Values({ rows }: { rows: [string, string][] }) {
  return (
    <dl class="values">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>
            <code>{value}</code>
            <button
              type="button"
              class="button icon-only"
              aria-label={t('copy', { what: word })}
              title={t('copy', { what: word })}
              onClick={() =>
                void navigator.clipboard?.writeText(value.split(' · ')[0] ?? value).then(
                  () => say(t('copied')),
                  () => say(t('fault.other'), { kind: 'fault' }),
                )
              }
            >
              <Icon name="copy" />
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
