// Addresses of pages: stable, English, each can be sent to somebody.
import { computed, signal } from '@preact/signals';

export type Route =
  | { page: 'login' }
  | { page: 'mail'; mailbox: string; email: string | null }
  | { page: 'search'; query: string; email: string | null }
  | { page: 'compose'; params: URLSearchParams }
  | { page: 'settings'; section: string }
  | { page: 'recover' }
  | { page: 'label'; label: string; email: string | null }
  | { page: 'people'; person: string | null }
  | { page: 'scheduled' }
  | { page: 'sent' }
  | { page: 'admin'; section: string }
  | { page: 'setup'; token: string }
  | { page: 'devices' };

const place = signal(typeof location === 'undefined' ? '/' : location.pathname + location.search);

export function parseRoute(address: string): Route {
  const url = new URL(address, 'https://here.invalid');
  const [page = '', one = '', two = ''] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  switch (page) {
    case 'login':
      return { page: 'login' };
    case 'search':
      return { page: 'search', query: url.searchParams.get('q') ?? '', email: one || null };
    case 'compose':
      return { page: 'compose', params: url.searchParams };
    case 'settings':
      return { page: 'settings', section: one || 'appearance' };
    case 'recover':
      return { page: 'recover' };
    case 'devices':
      return { page: 'devices' };
    case 'label':
      return { page: 'label', label: one, email: two || null };
    case 'people':
      return { page: 'people', person: one || null };
    case 'scheduled':
      return { page: 'scheduled' };
    case 'sent':
      return { page: 'sent' };
    case 'admin':
      return { page: 'admin', section: one || 'health' };
    case 'setup':
      return { page: 'setup', token: one };
    default:
      return { page: 'mail', mailbox: one || 'inbox', email: two || null };
  }
}

export const route = computed(() => parseRoute(place.value));

export function mailPath(mailbox: string, email?: string | null): string {
  return `/mail/${encodeURIComponent(mailbox)}${email ? `/${encodeURIComponent(email)}` : ''}`;
}

export function labelPath(label: string, email?: string | null): string {
  return `/label/${encodeURIComponent(label)}${email ? `/${encodeURIComponent(email)}` : ''}`;
}

/** Whether a route shows letters. */
export function inMail(at: Route): boolean {
  return at.page === 'mail' || at.page === 'search' || at.page === 'label' || at.page === 'compose';
}

export function searchPath(query: string, email?: string | null): string {
  return `/search${email ? `/${encodeURIComponent(email)}` : ''}?q=${encodeURIComponent(query)}`;
}

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (to === place.value) return;
  if (options.replace) history.replaceState({}, '', to);
  else history.pushState({ inside: true }, '', to);
  place.value = to;
}

/** Back to where one came from, or to a page when one came from nowhere. */
export function back(otherwise: string): void {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else navigate(otherwise, { replace: true });
}

export function followHistory(): void {
  addEventListener('popstate', () => (place.value = location.pathname + location.search));
}

/** A click on a link of ours goes nowhere: the page changes in place. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href^="/"]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute('download') || link.getAttribute('target')) return;
    event.preventDefault();
    navigate(link.getAttribute('href')!);
  });
}
