// "Where is my letter?": what became of what one sent.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { ask } from '../app/web';
import { longDate } from '../i18n/dates';
import { t, type Key } from '../i18n/words';
import { Folders } from '../mail/folders';
import { Icon } from '../ui/parts';

interface Step {
  at: string;
  kind: 'delivered' | 'relayed' | 'deferred' | 'refused';
  recipients: string[];
  host: string;
  tls: string;
  status: string;
  answer: string;
  next: string | null;
}

interface Sent {
  id: string;
  destination: string;
  accepted: string;
  steps: Step[];
}

const ICONS = { delivered: 'check', relayed: 'check', deferred: 'clock', refused: 'alert' } as const;

/** How a letter stands: what was said of it last. */
export function standing(letter: { steps: Pick<Step, 'kind'>[] }): Key {
  const last = letter.steps.at(-1);
  return last ? (`trace.${last.kind}` as Key) : 'trace.waiting';
}

export default function SentLetters() {
  const mail = useStore();
  const [letters, setLetters] = useState<Sent[] | null>(null);
  useEffect(() => {
    ask<{ letters: Sent[] }>('/web/sent').then(
      (answer) => setLetters(answer.letters),
      (fault) => {
        setLetters([]);
        mail.fault(fault);
      },
    );
  }, []);
  return (
    <div class="room settings">
      <Folders />
      <main class="page" id="main">
        <div class="page-inside">
          <h1 tabIndex={-1}>{t('trace.title')}</h1>
          <p>{t('trace.explained')}</p>
          {letters === null ? (
            <p aria-busy="true">{t('loading')}</p>
          ) : letters.length === 0 ? (
            <div class="empty">
              <Icon name="send" size={40} />
              <p>{t('trace.none')}</p>
            </div>
          ) : (
            letters.map((each) => <Letter key={each.id} letter={each} />)
          )}
        </div>
      </main>
    </div>
  );
}

function Letter({ letter }: { letter: Sent }) {
  const who = [...new Set(letter.steps.flatMap((step) => step.recipients))].join(', ') || letter.destination;
  const last = letter.steps.at(-1);
  return (
    <section class="block letter-way">
      <div class="acts">
        <Icon name={last ? ICONS[last.kind] : 'clock'} size={20} />
        <h2>{t('trace.to', { who })}</h2>
      </div>
      <p>
        <b>{t(standing(letter))}</b> · {t('trace.left', { date: longDate(letter.accepted) })}
        {last?.next && ` · ${t('admin.nextTry', { date: longDate(last.next) })}`}
      </p>
      {letter.steps.length > 0 && (
        <details>
          <summary>{t('technical')}</summary>
          <ol class="steps">
            {letter.steps.map((step, i) => (
              <li key={i}>
                <Icon name={ICONS[step.kind]} />
                <span>
                  {longDate(step.at)} · {t(`trace.${step.kind}`)}
                  <small>{[step.recipients.join(', '), step.host, step.tls, step.status, step.answer].filter(Boolean).join(' · ')}</small>
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
