// The first run of an empty post office, and looking after it.
//
// node trial/first-run.mjs ORIGIN LINK-PATH PASSWORD [PICTURES]
import { begin } from './harness.mjs';

const [origin, link, password, pictures] = process.argv.slice(2);
const run = await begin({ origin, password, pictures });
const { check, journey, everywhere, page, settled, go } = run;

await journey('no page without the link', async () => {
  const status = async (path) => (await page.context().request.get(origin + path)).status();
  const answer = await page.goto(`${origin}/setup/${'A'.repeat(43)}`);
  check(answer.status() === 404, 'a wrong link is answered by 404');
  await page.getByRole('heading', { name: 'Il n’y a rien' }).waitFor();
  check((await status('/no/such/page')) === 404, 'an unknown path is answered by 404');
  page.faults.length = 0;
});

await journey('the first person', async () => {
  await page.goto(`${origin}${link}`);
  await page.getByRole('heading', { name: 'Ouvrir votre bureau de poste' }).waitFor();
  await everywhere('setup');
  await page.getByLabel('Votre domaine').fill('exemple.test');
  await page.getByLabel('Nom de la personne').fill('Alice Durand');
  await page.getByLabel('Adresse').fill('alice');
  await page.getByLabel('Mot de passe', { exact: true }).fill('azertyuiop');
  await page.getByRole('button', { name: 'Ouvrir', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  page.faults.length = 0;
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Ouvrir', exact: true }).click();
  await page.getByRole('heading', { name: 'exemple.test est ouvert' }).waitFor();
  await page.locator('.records li').first().waitFor({ timeout: 60_000 });
  check((await page.locator('.records li').count()) >= 8, 'the records are told');
  check(await page.getByText('10 mail.exemple.test.').or(page.getByText(/^10 .*\.$/)).first().isVisible(), 'where mail arrives is told');
  await everywhere('setup-records');
  await page.getByRole('button', { name: 'Entrer dans votre courrier' }).click();
  await page.locator('.list').waitFor();
  await page.goto(`${origin}${link}`);
  check((await page.title()).startsWith('Page introuvable'), 'the link opens once');
  page.faults.length = 0;
});

await journey('administration', async () => {
  await page.goto(`${origin}/mail/inbox`);
  await page.getByRole('link', { name: 'Admin' }).click();
  await page.getByText('Tout va bien').waitFor();
  await everywhere('admin-health');
  await go('/admin/domains');
  await page.getByRole('heading', { name: 'exemple.test' }).waitFor();
  await page.getByLabel('Nouveau domaine').fill('second.test');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByRole('heading', { name: 'second.test' }).waitFor();
  await page.locator('.records li').first().waitFor({ timeout: 60_000 });
  await everywhere('admin-domains');
});

await journey('people', async () => {
  await go('/admin/people');
  await page.getByLabel('Nom de la personne').fill('Bob Petit');
  await page.getByLabel('Adresse', { exact: true }).fill('bob');
  await page.getByRole('combobox', { name: 'Domaine' }).selectOption('exemple.test');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('ne sera plus montré').waitFor();
  check((await dialog.locator('.secret code').innerText()).length >= 12, 'a password is told once');
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  await everywhere('admin-people');
  const act = async (what) => {
    await page.getByRole('button', { name: 'Actions sur Bob Petit' }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  await act('Place');
  await dialog.getByLabel('Limite, en Go').fill('2');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText(/sur 2\sGo/).waitFor();
  await act('Suspendre');
  await page.locator('.badge', { hasText: 'Suspendu' }).waitFor();
  await act('Rétablir');
  await page.locator('.badge', { hasText: 'Suspendu' }).waitFor({ state: 'detached' });
  await act('Nommer administrateur');
  check((await page.locator('.badge', { hasText: 'Administrateur' }).count()) >= 1, 'administrators are marked');
  await page.getByRole('button', { name: 'Actions sur Alice Durand' }).click();
  check((await page.getByRole('menuitem', { name: 'Suspendre' }).count()) === 0, 'nobody suspends themselves');
  await page.keyboard.press('Escape');
  const own = await page.evaluate(async () => (await fetch('/web/admin/account/disable', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"address":"alice@exemple.test"}' })).status);
  check(own === 409, 'nor by another way');
  page.faults.length = 0;
});

await journey('aliases and groups', async () => {
  await go('/admin/aliases');
  await page.getByLabel('Adresse', { exact: true }).fill('contact@exemple.test');
  await page.getByLabel('Arrive chez').fill('alice@exemple.test');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('contact@exemple.test').waitFor();
  await everywhere('admin-aliases');
  await go('/admin/groups');
  await page.getByLabel('Adresse', { exact: true }).fill('equipe@exemple.test');
  await page.getByLabel('Membres').fill('alice@exemple.test, bob@exemple.test');
  await page.getByLabel('Qui peut lui écrire').selectOption('here');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('alice@exemple.test, bob@exemple.test').waitFor();
  await everywhere('admin-groups');
});

await journey('the queue, and where a letter is', async () => {
  await go('/compose');
  await page.getByLabel('À', { exact: true }).fill('quelquun@nulle-part.invalid,');
  await page.getByLabel('Objet').fill('Bonjour');
  await page.getByRole('textbox', { name: 'Texte de la lettre' }).click();
  await page.keyboard.type('Es-tu là ?');
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByText('Courrier envoyé').waitFor();
  await go('/admin/queue');
  await page.getByText(/Aucune lettre|lettre attend|lettres attendent/).waitFor();
  await everywhere('admin-queue');
  await go('/admin/trace');
  await page.getByLabel('Qui l’a envoyée').fill('alice@exemple.test');
  await page.getByRole('button', { name: 'Rechercher' }).last().click();
  await page.getByText(/Rien n’est connu|^À /).first().waitFor();
  await everywhere('admin-trace');
  await go('/sent');
  await page.getByRole('heading', { name: 'Où est ma lettre' }).waitFor();
  await settled();
  await everywhere('sent');
});

await journey('others see none of it', async () => {
  const anonymous = await run.browser.newContext({ ignoreHTTPSErrors: true });
  const answer = await anonymous.request.get(`${origin}/web/admin/health`);
  check(answer.status() === 401, 'nobody signed in is refused');
  await anonymous.close();
});

await run.finish();
