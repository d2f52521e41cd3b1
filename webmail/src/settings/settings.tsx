// The settings, one page per subject.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { KeyTable } from '../app/help';
import { prefer, preferences } from '../app/preferences';
import { route } from '../app/router';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { fileSize } from '../i18n/dates';
import { language, speak, t, type Key } from '../i18n/words';
import { MethodFault, QUOTA, VACATION } from '../jmap/client';
import type { GetAnswer, Identity, SetAnswer, VacationResponse } from '../jmap/shapes';
import { loadQuota, mailboxName, quota } from '../mail/folders';
import { lazy } from '../ui/lazy';
import { Button, Choice, Field, Icon, Switch } from '../ui/parts';
import { Devices } from './devices';
import { Labels } from './labels';
import { Security } from './security';
import { Templates } from './templates';

const Rules = lazy<object>(() => import('../rules/rules'), 'line');
const Notifications = lazy<object>(() => import('./notifications'), 'line');

interface Section {
  name: string;
  title: Key;
  icon: string;
  page: ComponentType;
}

const SECTIONS: Section[] = [
  { name: 'appearance', title: 'settings.appearance', icon: 'palette', page: Appearance },
  { name: 'reading', title: 'settings.reading', icon: 'mail', page: Reading },
  { name: 'language', title: 'settings.language', icon: 'globe', page: Language },
  { name: 'signatures', title: 'settings.signatures', icon: 'signature', page: Signatures },
  { name: 'labels', title: 'labels', icon: 'label', page: Labels },
  { name: 'rules', title: 'settings.rules', icon: 'rules', page: Rules },
  { name: 'templates', title: 'settings.templates', icon: 'template', page: Templates },
  { name: 'away', title: 'settings.away', icon: 'away', page: Away },
  { name: 'devices', title: 'room.devices', icon: 'phone', page: Devices },
  { name: 'notifications', title: 'settings.notifications', icon: 'bell', page: Notifications },
  { name: 'security', title: 'settings.security', icon: 'lock', page: Security },
  { name: 'storage', title: 'settings.storage', icon: 'storage', page: Storage },
  { name: 'shortcuts', title: 'settings.shortcuts', icon: 'keyboard', page: Shortcuts },
];

export default function Settings() {
  const at = route.value;
  const wanted = at.page === 'devices' ? 'devices' : at.page === 'settings' ? at.section : '';
  const section = SECTIONS.find((each) => each.name === wanted) ?? SECTIONS[0]!;
  const Page = section.page;
  return (
    <div class="room settings">
      <nav class="folders" aria-label={t('room.settings')}>
        {SECTIONS.map((each) => (
          <a key={each.name} href={each.name === 'devices' ? '/devices' : `/settings/${each.name}`} aria-current={each === section ? 'page' : undefined}>
            <Icon name={each.icon} />
            <span>{t(each.title)}</span>
          </a>
        ))}
      </nav>
      <main class="page" id="main">
        <div class="page-inside" key={section.name}>
          <h1 tabIndex={-1}>{t(section.title)}</h1>
          <Page />
        </div>
      </main>
    </div>
  );
}

function Appearance() {
  const chosen = preferences.value;
  return (
    <>
      <Choice
        legend={t('theme')}
        value={chosen.theme}
        options={[
          { value: 'auto', label: t('theme.auto') },
          { value: 'light', label: t('theme.light') },
          { value: 'dark', label: t('theme.dark') },
        ]}
        onChange={(theme) => prefer({ theme })}
      />
      <Switch label={t('theme.darkLetters')} hint={t('theme.darkLettersHint')} checked={chosen.darkLetters} onChange={(darkLetters) => prefer({ darkLetters })} />
      <Choice
        legend={t('density')}
        value={chosen.density}
        options={[
          { value: 'comfortable', label: t('density.comfortable'), hint: t('density.comfortableHint') },
          { value: 'medium', label: t('density.medium'), hint: t('density.mediumHint') },
          { value: 'compact', label: t('density.compact'), hint: t('density.compactHint') },
        ]}
        onChange={(density) => prefer({ density })}
      />
      <Field label={t('textSize', { n: chosen.textSize })}>
        {(id) => (
          <input
            id={id}
            type="range"
            min={90}
            max={150}
            step={5}
            value={chosen.textSize}
            aria-valuetext={`${chosen.textSize} %`}
            onInput={(event) => prefer({ textSize: Number(event.currentTarget.value) })}
          />
        )}
      </Field>
    </>
  );
}

function Reading() {
  const chosen = preferences.value;
  return (
    <>
      <Choice
        legend={t('reading.ask')}
        value={chosen.reading ?? 'letters'}
        options={[
          { value: 'letters', label: t('reading.letters'), hint: t('reading.lettersHint') },
          { value: 'exchanges', label: t('reading.exchanges'), hint: t('reading.exchangesHint') },
        ]}
        onChange={(reading) => prefer({ reading })}
      />
      <Choice
        legend={t('undo.send')}
        value={String(chosen.undoSeconds)}
        options={[0, 5, 10, 20, 30].map((n) => ({ value: String(n), label: n ? t('undo.seconds', { n }) : t('undo.never') }))}
        onChange={(seconds) => prefer({ undoSeconds: Number(seconds) })}
      />
      <section class="block">
        <h2>{t('images.title')}</h2>
        <p>{t('images.explained')}</p>
        {chosen.images.length > 0 && (
          <ul class="plain-list">
            {chosen.images.map((each) => (
              <li key={each}>
                <span>{each}</span>
                <Button class="small" onClick={() => prefer({ images: chosen.images.filter((other) => other !== each) })}>
                  {t('images.never')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Language() {
  return (
    <Choice
      legend={t('settings.language')}
      value={language.value}
      options={[
        { value: 'fr', label: 'Français' },
        { value: 'en', label: 'English' },
      ]}
      onChange={(wanted) => {
        prefer({ language: wanted });
        void speak(wanted);
      }}
    />
  );
}

function Signatures() {
  const mail = useStore();
  if (!mail.identities.value.length) return <p>{t('signature.none')}</p>;
  return (
    <>
      {mail.identities.value.map((each) => (
        <SignatureForm key={each.id} identity={each} />
      ))}
    </>
  );
}

function SignatureForm({ identity }: { identity: Identity }) {
  const mail = useStore();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const change = { name: String(data.get('name') ?? '').trim(), textSignature: String(data.get('signature') ?? ''), htmlSignature: '' };
    try {
      const answer = await mail.client.call<SetAnswer>('Identity/set', { update: { [identity.id]: change } });
      if (answer.notUpdated?.[identity.id]) throw new MethodFault(answer.notUpdated[identity.id]!.type, '');
      await mail.loadIdentities();
      say(t('saved'));
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <form class="block" onSubmit={(event) => void submit(event)}>
      <h2>{identity.email}</h2>
      <Field label={t('signature.name')} hint={t('signature.nameHint')}>
        {(id) => <input id={id} class="input" name="name" defaultValue={identity.name} maxLength={200} autocomplete="name" />}
      </Field>
      <Field label={t('signature.text')}>
        {(id) => <textarea id={id} class="input" name="signature" rows={5} defaultValue={identity.textSignature} maxLength={5000} />}
      </Field>
      <Button kind="primary" type="submit">
        {t('save')}
      </Button>
    </form>
  );
}

/** A moment as the field of a form has it, in the person's own time. */
function localTime(utc: string | null): string {
  if (!utc) return '';
  const date = new Date(utc);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function Away() {
  const mail = useStore();
  const [found, setFound] = useState<VacationResponse | null>(null);
  const [on, setOn] = useState(false);
  const able = mail.client.can(VACATION);
  useEffect(() => {
    if (!able) return;
    mail.client.call<GetAnswer<VacationResponse>>('VacationResponse/get', { ids: ['singleton'] }).then(
      (answer) => {
        setFound(answer.list[0] ?? null);
        setOn(answer.list[0]?.isEnabled ?? false);
      },
      (fault) => mail.fault(fault),
    );
  }, []);
  if (!able) return <p>{t('notYet')}</p>;
  if (!found) return <p aria-busy="true">{t('loading')}</p>;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '');
    const utc = (name: string) => (text(name) ? `${new Date(text(name)).toISOString().slice(0, 19)}Z` : null);
    const change = { isEnabled: on, fromDate: utc('from'), toDate: utc('to'), subject: text('subject') || null, textBody: text('body') || null };
    try {
      const answer = await mail.client.call<SetAnswer>('VacationResponse/set', { update: { singleton: change } });
      const fault = answer.notUpdated?.singleton;
      if (fault) throw new MethodFault(fault.type, fault.description ?? '');
      say(on ? t('away.isOn') : t('away.isOff'));
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <form class="block" onSubmit={(event) => void submit(event)}>
      <p>{t('away.explained')}</p>
      <Switch label={t('away.on')} checked={on} onChange={setOn} />
      <div class="two">
        <Field label={t('away.from')}>{(id) => <input id={id} class="input" type="datetime-local" name="from" defaultValue={localTime(found.fromDate)} />}</Field>
        <Field label={t('away.to')}>{(id) => <input id={id} class="input" type="datetime-local" name="to" defaultValue={localTime(found.toDate)} />}</Field>
      </div>
      <Field label={t('subject')}>{(id) => <input id={id} class="input" name="subject" defaultValue={found.subject ?? ''} maxLength={400} />}</Field>
      <Field label={t('away.text')}>
        {(id) => <textarea id={id} class="input" name="body" rows={8} defaultValue={found.textBody ?? ''} required={on} maxLength={20000} />}
      </Field>
      <Button kind="primary" type="submit">
        {t('save')}
      </Button>
    </form>
  );
}

function Storage() {
  const mail = useStore();
  useEffect(() => {
    if (mail.client.can(QUOTA)) void loadQuota().catch((fault) => mail.fault(fault));
  }, []);
  const full = quota.value;
  const boxes = [...mail.mailboxes.value].sort((a, b) => b.totalEmails - a.totalEmails).filter((box) => box.totalEmails > 0);
  const most = Math.max(1, ...boxes.map((box) => box.totalEmails));
  return (
    <>
      {full && (
        <section class="block">
          <p class="big">{t('quota.of', { used: fileSize(full.used), all: fileSize(full.hardLimit) })}</p>
          <meter class="wide" min={0} max={full.hardLimit} high={full.hardLimit * 0.8} value={full.used} aria-label={t('settings.storage')} />
          {full.used > full.hardLimit * 0.8 && <p class="warn-text">{t('quota.near')}</p>}
        </section>
      )}
      <section class="block">
        <h2>{t('storage.byFolder')}</h2>
        <ul class="bars">
          {boxes.map((box) => (
            <li key={box.id}>
              <span>{mailboxName(box)}</span>
              <i style={{ width: `${(100 * box.totalEmails) / most}%` }} aria-hidden="true" />
              <small>{t('list.letters', { n: box.totalEmails })}</small>
            </li>
          ))}
        </ul>
        <p>
          <a href="/search?q=plus-gros%3A5Mo%20avec%3Api%C3%A8ce">{t('storage.large')}</a>
        </p>
      </section>
    </>
  );
}

function Shortcuts() {
  return (
    <>
      <Switch label={t('shortcuts.on')} hint={t('shortcuts.hint')} checked={preferences.value.shortcuts} onChange={(shortcuts) => prefer({ shortcuts })} />
      <KeyTable />
    </>
  );
}
