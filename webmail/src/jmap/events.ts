// Hears of changes: one tab listens, and tells the others.

type Heard = (changed: Record<string, Record<string, string>>) => void;
const CHANNEL = 'facteur.changes';
const AGAIN_MS = 12_000;

export interface Ear {
  close(): void;
}

/**
 * Begins to listen.
 *
 * @param heard by account and type, the new states; `{}` after a line was lost and found again
 * @param line told whether the line is up
 */
export function listen(url: string, heard: Heard, line: (up: boolean) => void): Ear {
  const address = url.replace('{types}', '*').replace('{closeafter}', 'no').replace('{ping}', '30');
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  let source: EventSource | null = null;
  let stop: () => void = () => {};
  let lost = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(address, { withCredentials: true });
    source.addEventListener('state', (event) => {
      const { changed } = JSON.parse((event as MessageEvent<string>).data) as { changed: Parameters<Heard>[0] };
      heard(changed);
      channel?.postMessage(changed);
    });
    source.onopen = () => {
      line(true);
      if (lost) {
        heard({});
        channel?.postMessage({});
      }
      lost = false;
    };
    source.onerror = () => {
      lost = true;
      line(false);
      // A refusal ends a source for good; somebody else's may end soon.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, AGAIN_MS);
    };
  };
  if (channel) channel.onmessage = (event) => heard(event.data as Parameters<Heard>[0]);
  if (navigator.locks) {
    void navigator.locks
      .request(CHANNEL, () => {
        open();
        return new Promise<void>((resolve) => (stop = resolve));
      })
      .catch(open);
  } else {
    open();
  }
  return {
    close() {
      clearTimeout(retry);
      source?.close();
      channel?.close();
      stop();
    },
  };
}
