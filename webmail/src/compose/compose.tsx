// Writing a letter.
import { useEffect, useRef, useState } from 'preact/hooks';
import { register } from '../app/keys';
import { preferences } from '../app/preferences';
import { back, mailPath, navigate, route } from '../app/router';
import { useStore } from '../app/state';
import { say, undoable } from '../app/toasts';
import { clock, fileSize, momentText } from '../i18n/dates';
import { t } from '../i18n/words';
import { MethodFault, Offline, TEMPLATES } from '../jmap/client';
import { lazy } from '../ui/lazy';
import { Button, Icon, IconButton, Menu } from '../ui/parts';
import { identityOf, isEmpty, saveDraft, submit, upload, type Draft, type DraftFile } from './draft';
import { Editor, type Cleaner, type EditorHandle } from './editor';
import { prepare } from './prepare';
import { escapeHtml, forgotFile } from './quote';
import { Recipients } from './recipients';
import { takeBack } from './take-back';
import type { PickerProps } from '../organise/moment-picker';
import type { TemplatesProps } from '../organise/template-picker';

/** Parts that few letters need. */
const MomentPicker = lazy<PickerProps>(() => import('../organise/moment-picker').then((part) => ({ default: part.MomentPicker })), 'nothing');
const Templates = lazy<TemplatesProps>(() => import('../organise/template-picker'), 'nothing');

const LOCAL_MS = 300;
const SERVER_MS = 3000;

type Saved = { kind: 'none' } | { kind: 'local' } | { kind: 'saving' } | { kind: 'server'; at: Date } | { kind: 'failed' };

export default function Compose() {
  const mail = useStore();
  const at = route.value;
  const params = at.page === 'compose' ? at.params : new URLSearchParams();
  const [begun, setBegun] = useState<{ draft: Draft; cleaner: Cleaner } | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = params.toString();
  useEffect(() => {
    let here = true;
    setBegun(null);
    setFailed(false);
    import('./clean')
      .then(async (cleaner) => ({ cleaner, draft: await prepare(mail, params, cleaner.cleanHtml) }))
      .then(
        (made) => here && setBegun(made),
        () => here && setFailed(true),
      );
    return () => {
      here = false;
    };
  }, [asked]);
  return (
    <main class="reader compose" id="main">
      {failed ? (
        <div class="nothing" role="alert">
          <p>{t('compose.failed')}</p>
        </div>
      ) : begun ? (
        <Writing key={begun.draft.key} initial={begun.draft} cleaner={begun.cleaner} />
      ) : (
        <div class="reader-inside loading" aria-busy="true" />
      )}
    </main>
  );
}

function Writing({ initial, cleaner }: { initial: Draft; cleaner: Cleaner }) {
  const mail = useStore();
  const draft = useRef<Draft>(initial);
  const [, redraw] = useState(0);
  const [copies, setCopies] = useState(initial.cc.length > 0 || initial.bcc.length > 0);
  const [saved, setSaved] = useState<Saved>({ kind: 'none' });
  const [uploads, setUploads] = useState<ReadonlyMap<string, number>>(new Map());
  const [quoteShown, setQuoteShown] = useState(false);
  const [sending, setSending] = useState(false);
  const [asked, setAsked] = useState<'moment' | 'template' | null>(null);
  const editor = useRef<EditorHandle | null>(null);
  const localTimer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const serverTimer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const over = useRef(false);
  const saving = useRef<Promise<void>>(Promise.resolve());

  const collect = () => {
    const current = draft.current;
    if (editor.current) {
      current.html = editor.current.html();
      current.text = editor.current.text();
    }
    return current;
  };
  const touched = () => {
    if (over.current) return;
    clearTimeout(localTimer.current);
    clearTimeout(serverTimer.current);
    localTimer.current = setTimeout(() => {
      if (over.current) return;
      void mail.db.put('drafts', draft.current.key, collect());
      setSaved((before) => (before.kind === 'saving' ? before : { kind: 'local' }));
    }, LOCAL_MS);
    serverTimer.current = setTimeout(() => void keep(), SERVER_MS);
  };
  const keep = () => {
    saving.current = saving.current.then(async () => {
      if (over.current || isEmpty(collect())) return;
      setSaved({ kind: 'saving' });
      try {
        draft.current.serverId = await saveDraft(mail, draft.current);
        if (!over.current) await mail.db.put('drafts', draft.current.key, draft.current);
        setSaved({ kind: 'server', at: new Date() });
      } catch {
        setSaved({ kind: 'failed' });
      }
    });
    return saving.current;
  };
  const change = (part: Partial<Draft>) => {
    Object.assign(draft.current, part);
    redraw((n) => n + 1);
    touched();
  };
  const finish = async () => {
    over.current = true;
    clearTimeout(localTimer.current);
    clearTimeout(serverTimer.current);
    await saving.current;
    await mail.db.remove('drafts', draft.current.key);
  };
  const leave = () => back(mailPath('inbox'));

  const discard = async () => {
    await finish();
    const { serverId } = draft.current;
    if (serverId) mail.destroy([serverId]);
    leave();
    const kept = { ...draft.current, serverId: null };
    undoable(t('compose.discarded'), t('undo'), () => {
      void mail.db.put('drafts', 'new', { ...kept, key: 'new' }).then(() => navigate('/compose'));
    });
  };

  const close = async () => {
    if (isEmpty(collect())) await finish();
    else void keep();
    leave();
  };

  const send = async (at?: Date) => {
    setAsked(null);
    if (sending) return;
    const current = collect();
    if (![...current.to, ...current.cc, ...current.bcc].length) {
      say(t('compose.noRecipient'), { kind: 'fault' });
      return;
    }
    if (uploads.size) {
      say(t('compose.stillUploading'), { kind: 'fault' });
      return;
    }
    if (forgotFile(`${current.subject}\n${current.text}`, current.files.filter((file) => !file.cid).length) && !confirm(t('compose.forgotFile'))) return;
    setSending(true);
    await saving.current;
    try {
      const emailId = await saveDraft(mail, current);
      current.serverId = emailId;
      const seconds = preferences.value.undoSeconds;
      const sent = await submit(mail, current, emailId, at ?? seconds);
      await finish();
      leave();
      void mail.sync();
      if (at) {
        void mail.kept.loadScheduled();
        say(t('compose.sentLater', { date: momentText(at) }), { actions: [{ label: t('scheduled.title'), run: () => navigate('/scheduled') }] });
        return;
      }
      if (!seconds) {
        say(t('compose.sent'));
        return;
      }
      undoable(t('compose.sentIn', { n: seconds }), t('cancel'), () => {
        takeBack(mail, sent).then(
          (done) => {
            if (!done) say(t('compose.tooLate'), { kind: 'fault' });
            else {
              void mail.sync();
              mail.forget(emailId);
              navigate(`/compose?draft=${encodeURIComponent(emailId)}`);
            }
          },
          () => say(t('compose.tooLate'), { kind: 'fault' }),
        );
      });
    } catch (fault) {
      setSending(false);
      const words =
        fault instanceof Offline ? t('compose.offline') : fault instanceof MethodFault && fault.type === 'forbiddenFrom' ? t('compose.notYours') : t('compose.notSent');
      say(words, { kind: 'fault' });
    }
  };

  const addFiles = (files: File[], inline = false) => {
    for (const file of files) {
      const id = `${file.name}-${file.size}-${Math.round(performance.now())}`;
      setUploads((before) => new Map(before).set(id, 0));
      upload(mail.client, file, (share) => setUploads((before) => new Map(before).set(id, share)))
        .then(
          (blob) => {
            const made: DraftFile = { blobId: blob.blobId, name: file.name || 'image.png', type: file.type || 'application/octet-stream', size: file.size, cid: null };
            if (inline && file.type.startsWith('image/')) {
              made.cid = `${blob.blobId.slice(0, 20).replace(/[^A-Za-z0-9]/g, '')}.${Date.now().toString(36)}@facteur`;
              editor.current?.insertPicture(`cid:${made.cid}`, made.name);
            }
            change({ files: [...draft.current.files, made] });
          },
          (fault) => say(fault instanceof MethodFault && fault.type === 'tooLarge' ? t('file.tooLarge', { name: file.name }) : t('file.failed', { name: file.name }), { kind: 'fault' }),
        )
        .finally(() =>
          setUploads((before) => {
            const next = new Map(before);
            next.delete(id);
            return next;
          }),
        );
    }
  };

  useEffect(() => {
    const off = register([
      { id: 'send', label: 'action.send', keys: ['Ctrl+Enter'], run: () => void send() },
      { id: 'leave', label: 'close', keys: ['Escape'], run: () => void close() },
    ]);
    const hide = () => {
      if (!over.current && !isEmpty(collect())) void mail.db.put('drafts', draft.current.key, collect());
    };
    addEventListener('pagehide', hide);
    return () => {
      off();
      removeEventListener('pagehide', hide);
      clearTimeout(localTimer.current);
      if (!over.current) hide();
      clearTimeout(serverTimer.current);
    };
  });

  const d = draft.current;
  const identity = identityOf(mail, d);
  const word =
    saved.kind === 'server' ? t('compose.savedAt', { time: clock(saved.at) }) : saved.kind === 'saving' ? t('compose.saving') : saved.kind === 'failed' ? t('compose.savedHere') : '';
  return (
    <form
      class="reader-inside writing-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        addFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <div class="compose-head">
        <h1 tabIndex={-1}>{d.answers ? (d.answers.keyword === '$forwarded' ? t('action.forward') : t('action.reply')) : t('compose.title')}</h1>
        <span class="saved" aria-live="polite">
          {word}
        </span>
        <IconButton icon="close" label={t('compose.close')} shortcut="Esc" onClick={() => void close()} />
      </div>
      {mail.identities.value.length > 1 && (
        <div class="recipients">
          <label for="from">{t('from')}</label>
          <select id="from" value={identity?.id} onChange={(event) => change({ identityId: event.currentTarget.value })}>
            {mail.identities.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name ? `${each.name} <${each.email}>` : each.email}
              </option>
            ))}
          </select>
        </div>
      )}
      <Recipients label={t('to')} value={d.to} onChange={(to) => change({ to })} autoFocus={!d.to.length}>
        {!copies && (
          <button type="button" class="link" onClick={() => setCopies(true)}>
            {t('compose.copies')}
          </button>
        )}
      </Recipients>
      {copies && <Recipients label={t('cc')} value={d.cc} onChange={(cc) => change({ cc })} />}
      {copies && <Recipients label={t('bcc')} value={d.bcc} onChange={(bcc) => change({ bcc })} />}
      <div class="recipients">
        <label for="subject">{t('subject')}</label>
        <input id="subject" type="text" value={d.subject} maxLength={900} onInput={(event) => change({ subject: event.currentTarget.value })} />
      </div>
      {d.plain ? (
        <textarea
          class="writing plain"
          aria-label={t('compose.text')}
          value={d.text}
          autoFocus={d.to.length > 0}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      ) : (
        <Editor
          initial={d.html || signature(cleaner, identity?.htmlSignature, identity?.textSignature)}
          cleaner={cleaner}
          label={t('compose.text')}
          autoFocus={d.to.length > 0}
          onInput={touched}
          onFiles={(files) => addFiles(files, true)}
          handle={(handle) => (editor.current = handle)}
        />
      )}
      {(d.quoteHtml || d.quoteText) && (
        <div class="quoted">
          <button type="button" class="link" aria-expanded={quoteShown} onClick={() => setQuoteShown(!quoteShown)}>
            {quoteShown ? t('quote.hide') : t('quote.show')}
          </button>
          <IconButton icon="close" label={t('quote.drop')} onClick={() => change({ quoteHtml: '', quoteText: '' })} />
          {quoteShown && <Quote html={d.quoteHtml} text={d.quoteText} cleaner={cleaner} />}
        </div>
      )}
      {(d.files.some((file) => !file.cid) || uploads.size > 0) && (
        <ul class="files composing" aria-label={t('file.count', { n: d.files.length })}>
          {d.files
            .filter((file) => !file.cid)
            .map((file) => (
              <li class="file" key={file.blobId}>
                <Icon name="file" />
                <span class="what">
                  <strong title={file.name}>{file.name}</strong>
                  <small>{fileSize(file.size)}</small>
                </span>
                <IconButton icon="close" label={t('file.drop', { name: file.name })} onClick={() => change({ files: d.files.filter((other) => other !== file) })} />
              </li>
            ))}
          {[...uploads].map(([id, share]) => (
            <li class="file" key={id}>
              <progress max={1} value={share} aria-label={t('file.uploading')} />
            </li>
          ))}
        </ul>
      )}
      <div class="compose-foot">
        <Button kind="primary" icon="send" type="submit" disabled={sending} title="Ctrl+Enter">
          {t('action.send')}
        </Button>
        <IconButton icon="clock" label={t('compose.later')} disabled={sending} onClick={() => setAsked('moment')} />
        <label class="button" tabIndex={-1}>
          <Icon name="clip" />
          <span>{t('action.attach')}</span>
          <input
            type="file"
            multiple
            class="hidden"
            onChange={(event) => {
              addFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <span class="grow" />
        <IconButton icon="trash" label={t('compose.discard')} onClick={() => void discard()} />
        <Menu
          icon="more"
          label={t('more')}
          class="up"
          items={[
            mail.client.can(TEMPLATES) ? { icon: 'template', label: t('template.insert'), run: () => setAsked('template') } : null,
            { label: t('compose.plain'), checked: d.plain, run: () => change(d.plain ? { plain: false, html: `<div>${escapeHtml(d.text).replaceAll('\n', '</div><div>')}</div>` } : { plain: true, text: collect().text }) },
          ].filter((each) => each !== null)}
        />
      </div>
      {asked === 'moment' && <MomentPicker title={t('compose.laterTitle')} verb={t('compose.laterVerb')} onPick={(at) => void send(at)} onClose={() => setAsked(null)} />}
      {asked === 'template' && (
        <Templates
          current={() => ({ subject: collect().subject, text: draft.current.text, html: draft.current.plain ? '' : draft.current.html })}
          onPick={(template) => {
            setAsked(null);
            if (draft.current.plain) change({ text: `${template.textBody}${draft.current.text}`, ...(draft.current.subject ? {} : { subject: template.subject }) });
            else {
              editor.current?.insertHtml(template.htmlBody ? cleaner.cleanHtml(template.htmlBody) : escapeHtml(template.textBody).replaceAll('\n', '<br>'));
              change(draft.current.subject ? {} : { subject: template.subject });
            }
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </form>
  );
}

function signature(cleaner: Cleaner, html: string | undefined, text: string | undefined): string {
  const inside = html ? cleaner.cleanHtml(html) : text ? escapeHtml(text).replaceAll('\n', '<br>') : '';
  return inside ? `<div><br></div><div><br></div><div>-- <br>${inside}</div>` : '';
}

/** The quoted text, to look at only. */
function Quote({ html, text, cleaner }: { html: string; text: string; cleaner: Cleaner }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!html || !box.current) return;
    const root = box.current.shadowRoot ?? box.current.attachShadow({ mode: 'open' });
    root.replaceChildren(cleaner.cleanFragment(html));
  }, [html]);
  return html ? <div class="quote-text" ref={box} /> : <pre class="quote-text">{text}</pre>;
}
