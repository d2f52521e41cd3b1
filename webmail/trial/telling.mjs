// A letter that is told of while no page is open.
import { openPage } from './browser.mjs';

export async function telling(run) {
  const { check, journey, receive, settled, origin } = run;

  await journey('told of a letter while no page is open', async () => {
    await run.page.context().close();
    const page = (run.page = await openPage(run.browser, { serviceWorkers: 'allow' }));
    await page.context().grantPermissions(['notifications'], { origin });
    await run.signIn(page, 'alice@example.org');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.goto(`${origin}/settings/notifications`);
    await page.locator('.page-inside').waitFor();
    await settled();
    check(await page.getByText('M’avertir des nouveaux courriers').isVisible(), 'notifications are offered');
    const line = await page.context().newCDPSession(page);
    const known = new Promise((resolve) => line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
    await line.send('ServiceWorker.enable');
    const registrationId = await known;
    const worker = page.context().serviceWorkers()[0];
    await page.goto('about:blank');
    await receive('Claire Martin <claire@example.net>', 'Le train de 18 h', 'J’arrive !');
    const data = JSON.stringify({ '@type': 'StateChange', changed: { A1: { EmailDelivery: '1' } } });
    await line.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    const shown = await worker.evaluate(async () => {
      for (;;) {
        const [first] = await self.registration.getNotifications();
        if (first) return { title: first.title, body: first.body, path: first.data.path };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    check(shown.title === 'Claire Martin' && shown.body.startsWith('Le train de 18 h'), `told: ${JSON.stringify(shown)}`);
    check(shown.path.startsWith('/mail/inbox/L'), 'the notification leads to the letter');
  });
}
