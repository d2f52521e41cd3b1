// Being told of new letters when no page is open.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import { MethodFault, WEBPUSH } from '../jmap/client';
import type { GetAnswer, SetAnswer } from '../jmap/shapes';
import { Switch } from '../ui/parts';

interface PushSubscriptionObject {
  id: string;
  deviceClientId: string;
}

/** Octets behind base64url (RFC 4648 §5). */
export function octets(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const made = new Uint8Array(new ArrayBuffer(plain.length));
  for (let i = 0; i < plain.length; i++) made[i] = plain.charCodeAt(i);
  return made;
}

const DEVICE = 'facteur.device';

/** What this browser is called at the server. */
function device(): string {
  let name = localStorage.getItem(DEVICE);
  if (!name) {
    name = `web-${[...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, '0')).join('')}`;
    localStorage.setItem(DEVICE, name);
  }
  return name;
}

export default function Notifications() {
  const mail = useStore();
  const [on, setOn] = useState<boolean | null>(null);
  const key = mail.client.session.capabilities[WEBPUSH]?.applicationServerKey as string | undefined;
  const able = key !== undefined && 'serviceWorker' in navigator && 'PushManager' in globalThis;
  useEffect(() => {
    if (!able) return;
    void navigator.serviceWorker
      .getRegistration()
      .then((found) => found?.pushManager.getSubscription() ?? null)
      .then((known) => setOn(known !== null), () => setOn(false));
  }, []);
  if (!able) return <p>{t(key === undefined ? 'notYet' : 'push.notHere')}</p>;
  const begin = async () => {
    if ((await Notification.requestPermission()) !== 'granted') {
      say(t('push.refused'), { kind: 'fault' });
      return;
    }
    const worker = await navigator.serviceWorker.ready;
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(key) });
    const { endpoint, keys } = made.toJSON();
    const answer = await mail.client.call<SetAnswer<{ id: string }>>('PushSubscription/set', {
      create: { push: { deviceClientId: device(), url: endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, types: ['EmailDelivery'] } },
    });
    if (!answer.created?.push) {
      await made.unsubscribe();
      throw new MethodFault(answer.notCreated?.push?.type ?? 'serverFail', '');
    }
    setOn(true);
    say(t('push.isOn'));
  };
  const end = async () => {
    const worker = await navigator.serviceWorker.getRegistration();
    await (await worker?.pushManager.getSubscription())?.unsubscribe();
    const known = await mail.client.call<GetAnswer<PushSubscriptionObject>>('PushSubscription/get', { ids: null });
    const ours = known.list.filter((each) => each.deviceClientId === device()).map((each) => each.id);
    if (ours.length) await mail.client.call<SetAnswer>('PushSubscription/set', { destroy: ours });
    setOn(false);
    say(t('push.isOff'));
  };
  return (
    <>
      <p>{t('push.explained')}</p>
      <Switch label={t('push.on')} checked={on ?? false} onChange={(wanted) => void (wanted ? begin() : end()).catch((fault) => mail.fault(fault))} />
    </>
  );
}
