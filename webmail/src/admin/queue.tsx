// Letters on their way out.
import { useState } from 'preact/hooks';
import { fileSize, longDate } from '../i18n/dates';
import { t } from '../i18n/words';
import { Button, Icon, IconButton, Menu } from '../ui/parts';
import { Steps } from './trace';
import { perform, useDoing, useVerb, type Traced, type Waiting } from './verbs';

export function Queue() {
  const [letters, load] = useVerb<Waiting[]>('queue/list', { most: 500 });
  const [traced, setTraced] = useState<Traced | null>(null);
  const doing = useDoing();
  const act = async (verb: 'retry' | 'hold' | 'release' | 'drop', letter: Waiting) => {
    if (verb === 'drop' && !confirm(t('admin.dropAsk', { who: letter.recipients.join(', ') }))) return;
    if (await doing(() => perform(`queue/${verb}`, { id: Number(letter.id) }), t(`admin.queue.${verb}Done`))) await load();
  };
  const trace = (letter: Waiting) => doing(async () => setTraced((await perform<Traced[]>('queue/trace', { id: Number(letter.id) }))[0] ?? null));
  return (
    <>
      <div class="acts">
        <p role="status">{letters === null ? t('loading') : letters.length === 0 ? t('admin.queueEmpty') : t('admin.queueCount', { n: letters.length })}</p>
        <span class="grow" />
        <IconButton icon="refresh" label={t('list.refresh')} onClick={() => void load()} />
      </div>
      {letters && letters.length > 0 && (
        <section class="block">
          <ul class="plain-list">
            {letters.map((each) => (
              <li key={each.id}>
                <Icon name={each.next === 'held' ? 'lock' : 'send'} size={20} />
                <span class="grow">
                  <strong>{each.recipients.join(', ')}</strong>
                  <small>
                    {t('admin.fromWhom', { who: each.sender })} · {fileSize(each.bytes)} · {t('admin.tries', { n: each.attempts })} ·{' '}
                    {each.next === 'held' ? t('admin.held') : t('admin.nextTry', { date: longDate(each.next) })}
                  </small>
                  {traced?.id === each.id && <Steps traced={traced} />}
                </span>
                {each.next === 'held' ? (
                  <Button class="small" kind="outline" onClick={() => void act('release', each)}>
                    {t('admin.queue.release')}
                  </Button>
                ) : (
                  <Button class="small" kind="outline" onClick={() => void act('retry', each)}>
                    {t('admin.queue.retry')}
                  </Button>
                )}
                <Menu
                  icon="more"
                  label={t('more')}
                  items={[
                    { icon: 'search', label: t('admin.trace'), run: () => void trace(each) },
                    each.next === 'held' ? null : { icon: 'lock', label: t('admin.queue.hold'), run: () => void act('hold', each) },
                    { icon: 'trash', label: t('admin.queue.drop'), danger: true, run: () => void act('drop', each) },
                  ].filter((item) => item !== null)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
