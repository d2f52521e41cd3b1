// "Where is that letter?"
import { useState } from 'preact/hooks';
import { fullDate, longDate } from '../i18n/dates';
import { t } from '../i18n/words';
import { Button, Field, Icon } from '../ui/parts';
import { perform, useDoing, type Traced } from './verbs';

export function Trace() {
  const [found, setFound] = useState<Traced[] | null>(null);
  const doing = useDoing();
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    const sender = String(new FormData(event.currentTarget as HTMLFormElement).get('sender') ?? '').trim();
    void doing(async () => setFound(await perform<Traced[]>('queue/trace', { sender, most: 50 })));
  };
  return (
    <>
      <p>{t('admin.traceExplained')}</p>
      <form class="block inline-form" onSubmit={look}>
        <Field label={t('admin.traceSender')}>{(id) => <input id={id} class="input" name="sender" type="email" required spellcheck={false} />}</Field>
        <Button kind="primary" icon="search" type="submit">
          {t('search')}
        </Button>
      </form>
      {found && found.length === 0 && <p role="status">{t('trace.nothing')}</p>}
      {found?.map((each) => (
        <section class="block" key={each.id}>
          <h2>{t('trace.to', { who: recipients(each) || each.destination })}</h2>
          <p>{fullDate(each.accepted)}</p>
          <Steps traced={each} />
        </section>
      ))}
    </>
  );
}

function recipients(traced: Traced): string {
  return [...new Set(traced.steps.flatMap((step) => step.recipients))].join(', ');
}

export function Steps({ traced }: { traced: Traced }) {
  if (!traced.steps.length) return <p>{t('trace.waiting')}</p>;
  return (
    <ol class="steps">
      {traced.steps.map((step, i) => (
        <li key={i}>
          <Icon name={step.status.startsWith('2') ? 'check' : step.next ? 'clock' : 'alert'} />
          <span>
            <b>{step.what}</b> · {longDate(step.at)}
            {step.next && ` · ${t('admin.nextTry', { date: longDate(step.next) })}`}
            <small>{step.recipients.join(', ')}</small>
            <details>
              <summary>{t('technical')}</summary>
              <small>
                {[step.host, step.tls, step.status, step.answer].filter(Boolean).join(' · ')}
              </small>
            </details>
          </span>
        </li>
      ))}
    </ol>
  );
}
