// Contacts and rules.

const VCARD = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:6a0f\r\nFN:Inès Laurent\r\nEMAIL:ines@example.net\r\nTEL:+33 6 12 34 56 78\r\nEND:VCARD\r\n';

export async function keeping(run) {
  const { check, journey, everywhere, receive, row, go, settled } = run;

  await journey('contacts', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/mail/inbox`);
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByText('Aucun contact pour l’instant').waitFor();
    await page.getByRole('button', { name: 'Nouveau contact' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Zoé Petit');
    await page.getByLabel('Adresse électronique').fill('zoe@example.net');
    await page.getByLabel('Téléphone').fill('+33 1 23 45 67 89');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { name: 'Zoé Petit' }).waitFor();
    await page.getByRole('button', { name: 'Modifier' }).click();
    await page.getByLabel('Organisation').fill('Le marché');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Le marché').waitFor();
    await page.locator('#vcard-file').setInputFiles({ name: 'contacts.vcf', mimeType: 'text/vcard', buffer: Buffer.from(VCARD) });
    await page.getByText('Un contact importé').waitFor();
    await page.getByRole('link', { name: /Inès Laurent/ }).click();
    await page.getByText('+33 6 12 34 56 78').first().waitFor();
    await everywhere('people');
    await page.getByRole('button', { name: 'Fichiers de contacts' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Exporter' }).click()]);
    check(download.suggestedFilename() === 'contacts.vcf', 'contacts are given as a file');
    await go('/people/learned');
    await page.getByText('bob@example.org', { exact: true }).waitFor();
    await everywhere('people-learned');
    await go('/compose');
    await page.getByLabel('À', { exact: true }).pressSequentially('inès');
    await page.getByRole('option', { name: /Inès Laurent/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Inès Laurent · example.net').waitFor();
    await page.getByRole('button', { name: 'Jeter ce brouillon' }).click();
  });

  await journey('rules', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/mail/inbox`);
    await row('Photos des vacances').click();
    await page.getByRole('heading', { name: 'Photos des vacances' }).waitFor();
    await page.getByRole('article').getByRole('button', { name: 'Plus', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Créer une règle' }).click();
    await page.getByLabel('Nom de la règle').fill('De Claire');
    check((await page.getByLabel('Valeur', { exact: true }).inputValue()) === 'claire@example.net', 'the rule is about the sender');
    await page.getByLabel('Action', { exact: true }).selectOption('move');
    await page.getByLabel('Dossier', { exact: true }).selectOption({ label: 'Archives' });
    await page.getByRole('button', { name: 'Ajouter une action' }).click();
    await page.getByLabel('Action', { exact: true }).nth(1).selectOption('star');
    await everywhere('rule');
    await page.getByRole('button', { name: 'Enregistrer' }).first().click();
    await page.getByText('l’expéditeur contient « claire@example.net »'.replace('« ', '«\u00a0').replace(' »', '\u00a0»')).waitFor();
    await everywhere('rules');
    await receive('Claire Martin <claire@example.net>', 'Encore des photos', 'Voici la suite.');
    await go('/mail/archive');
    await row('Encore des photos').getByRole('button', { name: 'Retirer des favoris' }).waitFor();
    // What is written by hand stays.
    await go('/settings/rules');
    await page.locator('details summary').click();
    const script = page.getByLabel('Programme de tri');
    const text = await script.inputValue();
    await script.fill(`${text}# à moi\nif header :contains "subject" "jamais" { discard; stop; }\n`);
    await page.locator('details').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Partie écrite à la main').waitFor();
    await page.locator('.switch', { hasText: 'De Claire' }).click();
    await page.getByText('Enregistré').waitFor();
    await settled();
    await page.reload();
    await page.getByRole('switch', { name: 'De Claire' }).waitFor();
    check(!(await page.getByRole('switch', { name: 'De Claire' }).isChecked()), 'the rule is off');
    await page.locator('details summary').click();
    check((await script.inputValue()).includes('# à moi\nif header :contains "subject" "jamais" { discard; stop; }'), 'what was written by hand is there');
    await script.fill('if nonsense');
    await page.locator('details').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('alert').waitFor();
    page.faults.length = 0;
  });
}
