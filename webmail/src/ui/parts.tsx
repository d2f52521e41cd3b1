// Small parts of the pages.
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import sprite from 'virtual:icons';
import { t } from '../i18n/words';

export function Icon({ name, size = 18 }: { name: string; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'type' | 'disabled' | 'class' | 'role'> & {
  icon?: string;
  kind?: 'plain' | 'primary' | 'outline' | 'danger';
  type?: 'button' | 'submit';
  disabled?: boolean;
  class?: string;
  children?: ComponentChildren;
};

export function Button({ icon, kind = 'plain', children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={`button ${kind} ${rest.class ?? ''}`}>
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A button that shows an icon alone: its name is read aloud and shown when pointed at. */
export function IconButton({ icon, label, shortcut, ...rest }: ButtonProps & { icon: string; label: string; shortcut?: string }) {
  return (
    <button
      {...rest}
      type="button"
      class={`button icon-only ${rest.class ?? ''}`}
      aria-label={label}
      title={shortcut ? `${label} (${shortcut})` : label}
    >
      <Icon name={icon} />
    </button>
  );
}

export interface MenuItem {
  icon?: string;
  label: string;
  shortcut?: string;
  run: () => void;
  danger?: boolean;
  checked?: boolean;
}

/** A button with a menu under it. Arrows move, Escape closes, the focus comes back. */
export function Menu({
  icon, label, items, text, align = 'end', class: cssClass = '',
}: { icon: string; label: string; items: (MenuItem | null)[]; text?: string; align?: 'start' | 'end'; class?: string }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) box.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const list = box.current?.querySelector<HTMLElement>('[role=menu]');
    list?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) close(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const move = (event: KeyboardEvent) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    if (event.key in to) {
      all[((to[event.key] ?? 0) + all.length) % all.length]?.focus();
      event.preventDefault();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      close(event.key === 'Escape');
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div class={`menu-box ${cssClass}`} ref={box}>
      <button
        type="button"
        class={`button ${text ? '' : 'icon-only'}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={text ? undefined : label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        {text && <span>{text}</span>}
      </button>
      {open && (
        <div class={`menu ${align}`} role="menu" id={id} aria-label={label} onKeyDown={move}>
          {items.map((item, i) =>
            item === null ? (
              <hr key={i} />
            ) : (
              <button
                key={i}
                type="button"
                role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={item.checked}
                tabIndex={-1}
                class={item.danger ? 'danger-text' : ''}
                onClick={() => {
                  close(true);
                  item.run();
                }}
              >
                {item.icon ? <Icon name={item.icon} /> : <span class="icon" />}
                <span>{item.label}</span>
                {item.checked && <Icon name="check" />}
                {item.shortcut && <kbd>{item.shortcut}</kbd>}
              </button>
            ),
          )}
        </div>
      )}
    </div>
  );
}

/** A dialog over the page; Escape and the cross close it. */
export function Dialog({ title, onClose, children, wide = false }: { title: string; onClose: () => void; children: ComponentChildren; wide?: boolean }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = box.current;
    const before = document.activeElement as HTMLElement | null;
    element?.showModal?.();
    return () => {
      element?.close?.();
      before?.focus?.();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog ${wide ? 'wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div class="dialog-inside">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t('close')} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

function tint(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) >>> 0;
  return hash % 8;
}

export function initials(name: string, email: string): string {
  const words = (name || email.split('@')[0] || '?').split(/[\s._-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : '';
  return (first + (last ?? '')).toUpperCase();
}

export function Avatar({ name, email, size = 40 }: { name: string; email: string; size?: number }) {
  return (
    <span class={`avatar tint${tint(email)}`} style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }} aria-hidden="true">
      {initials(name, email)}
    </span>
  );
}

/** An address with its domain in bold: it is what tells who writes. */
export function AddressText({ email }: { email: string }) {
  const at = email.lastIndexOf('@');
  if (at < 0) return <span class="address">{email}</span>;
  return (
    <span class="address">
      {email.slice(0, at + 1)}
      <b>{email.slice(at + 1)}</b>
    </span>
  );
}

export function Switch({ label, checked, onChange, hint }: { label: string; checked: boolean; onChange: (on: boolean) => void; hint?: string }) {
  const id = useId();
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <i aria-hidden="true" />
      <span>
        {label}
        {hint && <small id={id}>{hint}</small>}
      </span>
    </label>
  );
}

/** A choice of a few. */
export function Choice<T extends string>({
  legend, value, options, onChange,
}: { legend: string; value: T; options: { value: T; label: string; hint?: string }[]; onChange: (value: T) => void }) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div>
        {options.map((each) => (
          <label key={each.value}>
            <input type="radio" name={name} checked={each.value === value} onChange={() => onChange(each.value)} />
            <span>
              {each.label}
              {each.hint && <small>{each.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint && <small>{hint}</small>}
    </div>
  );
}
