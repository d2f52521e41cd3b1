// Rules: what is done with letters as they arrive.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import { MethodFault, SIEVE } from '../jmap/client';
import type { GetAnswer, SetAnswer } from '../jmap/shapes';
import type { SieveScript } from '../jmap/types';
import type { MailStore } from '../store/mail';
import { Button, Icon, IconButton, Switch } from '../ui/parts';
import { RuleForm } from './rule-form';
import { handWritten, read, write, type Rule, type Script } from './sieve';

/** What our script is called where there is none. */
const NAME = 'rules';
const VACATION = 'vacation';

interface Found {
  script: SieveScript | null;
  text: string;
}

function extensions(mail: MailStore): string[] {
  const account = mail.client.session.accounts[mail.client.account];
  return (account?.accountCapabilities[SIEVE]?.sieveExtensions as string[] | undefined) ?? [];
}

async function load(mail: MailStore): Promise<Found> {
  const { list } = await mail.client.call<GetAnswer<SieveScript>>('SieveScript/get', { ids: null });
  const script = list.find((each) => each.isActive && each.name !== VACATION) ?? list.find((each) => each.name === NAME) ?? list.find((each) => each.name !== VACATION) ?? null;
  if (!script) return { script, text: '' };
  const answer = await fetch(mail.client.download(script.blobId, 'script.sieve', 'application/sieve'), { credentials: 'same-origin' });
  if (!answer.ok) throw new MethodFault(`http${answer.status}`, '');
  return { script, text: (await answer.text()).replaceAll('\r\n', '\n') };
}

/** Keeps a script; fails with what is wrong in it. */
async function keep(mail: MailStore, found: Found, text: string): Promise<void> {
  const blob = await mail.client.upload(new Blob([text.replaceAll('\n', '\r\n')], { type: 'application/sieve' }));
  const { list } = await mail.client.call<GetAnswer<SieveScript>>('SieveScript/get', { ids: null });
  const away = list.some((each) => each.isActive && each.name === VACATION);
  const id = found.script?.id;
  const answer = await mail.client.call<SetAnswer>('SieveScript/set', {
    ...(id ? { update: { [id]: { blobId: blob.blobId } } } : { create: { script: { name: NAME, blobId: blob.blobId } } }),
    // While one is away, the answer is what is active, and does what the rules say.
    ...(away || found.script?.isActive ? {} : { onSuccessActivateScript: id ?? '#script' }),
  });
  const fault = answer.notUpdated?.[id ?? ''] ?? answer.notCreated?.script;
  if (fault) throw new MethodFault(fault.type, fault.description ?? '');
}

export default function Rules() {
  const mail = useStore();
  const [found, setFound] = useState<Found | null>(null);
  const [open, setOpen] = useState<number | 'new' | null>(() => (new URLSearchParams(location.search).has('from') ? 'new' : null));
  const [fault, setFault] = useState('');
  const able = mail.client.can(SIEVE);
  const reload = () => load(mail).then(setFound, (failed) => mail.fault(failed));
  useEffect(() => {
    if (able) void reload();
  }, []);
  if (!able) return <p>{t('notYet')}</p>;
  if (!found) return <p aria-busy="true">{t('loading')}</p>;
  const script = read(found.text);
  const save = async (next: Script | string, done: string): Promise<boolean> => {
    setFault('');
    try {
      await keep(mail, found, typeof next === 'string' ? next : write(next, extensions(mail).includes('mailboxid')));
      await reload();
      say(done);
      return true;
    } catch (failed) {
      if (failed instanceof MethodFault && failed.type === 'invalidSieve') setFault(failed.description);
      else mail.fault(failed);
      return false;
    }
  };
  const change = (rules: Rule[], done = t('saved')) => save({ ...script, rules }, done);
  const put = async (rule: Rule) => {
    const rules = [...script.rules];
    if (typeof open === 'number') rules[open] = rule;
    else rules.push(rule);
    if (await change(rules)) setOpen(null);
  };
  const swap = (at: number, by: 1 | -1) => {
    const rules = [...script.rules];
    const [one] = rules.splice(at, 1);
    rules.splice(at + by, 0, one!);
    void change(rules);
  };
  return (
    <>
      <p>{t('rules.explained')}</p>
      {script.rules.map((rule, i) =>
        open === i ? (
          <RuleForm key={i} rule={rule} onSave={(next) => void put(next)} onCancel={() => setOpen(null)} />
        ) : (
          <section class="block rule" key={i}>
            <div class="acts">
              <Switch label={rule.name} checked={rule.on} onChange={(on) => void change(script.rules.map((each, at) => (at === i ? { ...each, on } : each)))} />
              <span class="grow" />
              <IconButton icon="up" label={t('label.up', { name: rule.name })} disabled={i === 0} onClick={() => swap(i, -1)} />
              <IconButton icon="down" label={t('label.down', { name: rule.name })} disabled={i === script.rules.length - 1} onClick={() => swap(i, 1)} />
              <Button kind="outline" class="small" onClick={() => setOpen(i)}>
                {t('edit')}
              </Button>
              <IconButton icon="trash" label={t('rules.remove', { name: rule.name })} onClick={() => confirm(t('rules.removeAsk', { name: rule.name })) && void change(script.rules.filter((_, at) => at !== i), t('admin.removed', { what: rule.name }))} />
            </div>
            <p>{sentence(mail, rule)}</p>
          </section>
        ),
      )}
      {open === 'new' ? (
        <RuleForm rule={null} onSave={(next) => void put(next)} onCancel={() => setOpen(null)} />
      ) : (
        <Button kind="primary" icon="plus" class="start" onClick={() => setOpen('new')}>
          {t('rules.new')}
        </Button>
      )}
      {fault && (
        <p class="fault" role="alert">
          <Icon name="alert" /> {t('rules.wrong', { why: fault })}
        </p>
      )}
      <HandWritten script={script} text={found.text} onSave={(text) => save(text, t('saved'))} />
    </>
  );
}

/** A rule as one would say it. */
function sentence(mail: MailStore, rule: Rule): string {
  const conditions = rule.conditions.map((each) => t(each.not ? `rules.saysNot.${each.field}` : `rules.says.${each.field}`, { value: each.value }));
  const actions = rule.actions.map((each) =>
    each.kind === 'move' ? t('rules.does.move', { where: each.mailbox })
    : each.kind === 'label' ? t('rules.does.label', { name: mail.kept.byKeyword(each.keyword)?.name ?? each.keyword })
    : each.kind === 'forward' ? t('rules.does.forward', { who: each.address })
    : t(`rules.does.${each.kind}`),
  );
  const when = conditions.length ? conditions.join(t(rule.all ? 'rules.and' : 'rules.or')) : t('rules.always');
  return `${when} → ${actions.join(', ')}${rule.stop ? `. ${t('rules.stops')}` : ''}`;
}

/** What stands in the script besides the rules: shown, changed by whoever can, never lost. */
function HandWritten({ script, text, onSave }: { script: Script; text: string; onSave: (text: string) => Promise<boolean> }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <details class="block">
      <summary>{handWritten(script) ? t('rules.byHand') : t('technical')}</summary>
      <p>{t('rules.byHandExplained')}</p>
      <textarea class="input script" rows={14} spellcheck={false} aria-label={t('rules.script')} value={typed ?? text} onInput={(event) => setTyped(event.currentTarget.value)} />
      <Button
        kind="outline"
        disabled={typed === null || typed === text}
        onClick={() => {
          if (typed !== null) void onSave(typed).then((done) => done && setTyped(null));
        }}
      >
        {t('save')}
      </Button>
    </details>
  );
}
