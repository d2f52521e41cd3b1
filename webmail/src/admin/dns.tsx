// What a domain publishes so that letters find their way, and whether it does.
import './admin.css';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../app/web';
import { say } from '../app/toasts';
import { t, type Key } from '../i18n/words';
import { Button, Icon } from '../ui/parts';

export interface DnsRecord {
  name: string;
  type: string;
  value: string;
  found: string[];
  state: 'right' | 'other' | 'missing' | 'unknown';
}

const ICONS = { right: 'check', other: 'alert', missing: 'close', unknown: 'help' } as const;

/** What a record is for, in words. */
function purpose(record: DnsRecord): Key {
  if (record.type === 'MX') return 'dns.for.mx';
  if (record.value.startsWith('v=spf1')) return 'dns.for.spf';
  if (record.value.startsWith('v=DKIM1')) return 'dns.for.dkim';
  if (record.value.startsWith('v=DMARC1')) return 'dns.for.dmarc';
  if (record.value.startsWith('v=TLSRPTv1')) return 'dns.for.tls';
  return 'dns.for.clients';
}

export function DnsRecords({ domain }: { domain: string }) {
  const [records, setRecords] = useState<DnsRecord[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const load = () => {
    setBusy(true);
    setFailed(false);
    ask<{ records: DnsRecord[] }>(`/web/admin/dns?domain=${encodeURIComponent(domain)}`)
      .then(
        (answer) => setRecords(answer.records),
        () => setFailed(true),
      )
      .finally(() => setBusy(false));
  };
  useEffect(load, [domain]);
  if (failed) return <p role="alert">{t('fault.other')}</p>;
  if (!records) return <p aria-busy="true">{t('dns.looking')}</p>;
  const right = records.filter((each) => each.state === 'right').length;
  return (
    <>
      <div class="acts">
        <p role="status" class={right === records.length ? 'ok-text' : ''}>
          {right === records.length ? t('dns.allRight') : t('dns.someRight', { n: right, all: records.length })}
        </p>
        <span class="grow" />
        <Button kind="outline" icon="refresh" class="small" disabled={busy} onClick={load}>
          {t('dns.again')}
        </Button>
        <Button kind="outline" icon="copy" class="small" onClick={() => copy(records.map(zoneLine).join('\n'))}>
          {t('dns.copyAll')}
        </Button>
      </div>
      <ul class="records" aria-busy={busy}>
        {records.map((each) => (
          <li key={each.name + each.type + each.value} class={each.state}>
            <span class="record-state">
              <Icon name={ICONS[each.state]} />
              <strong>{t(`dns.state.${each.state}`)}</strong>
            </span>
            <span class="grow">
              <b>{t(purpose(each))}</b>
              <code>
                {each.name} {each.type}
              </code>
              <code class="value">{each.value}</code>
              {each.state === 'other' && (
                <small>
                  {t('dns.found')} <code>{each.found.join(' · ')}</code>
                </small>
              )}
            </span>
            <button type="button" class="button icon-only" aria-label={t('copy', { what: t(purpose(each)) })} title={t('copy', { what: t(purpose(each)) })} onClick={() => copy(each.value)}>
              <Icon name="copy" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A record as zone files have it; long texts in pieces of 255. */
export function zoneLine(record: DnsRecord): string {
  if (record.type !== 'TXT') return `${record.name} IN ${record.type} ${record.value}`;
  const pieces = record.value.match(/.{1,255}/g) ?? [''];
  return `${record.name} IN TXT ${pieces.map((each) => `"${each.replaceAll('"', '\\"')}"`).join(' ')}`;
}

function copy(text: string): void {
  void navigator.clipboard?.writeText(text).then(
    () => say(t('copied')),
    () => say(t('fault.other'), { kind: 'fault' }),
  );
}
