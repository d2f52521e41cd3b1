// Labels, later, templates.

export async function organising(run) {
  const { check, journey, everywhere, receive, row } = run;
  const dialog = () => run.page.getByRole('dialog');

  await journey('labels', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/mail/inbox`);
    await receive('Orange <facture@orange.example>', 'Votre facture de novembre', 'Montant : 29,99 €');
    await row('Votre facture').waitFor();
    await row('Votre facture').click();
    await page.getByRole('heading', { name: 'Votre facture' }).waitFor();
    await page.keyboard.press('l');
    await dialog().getByLabel('Nom de l’étiquette').fill('Factures');
    await page.keyboard.press('Enter');
    await dialog().getByRole('option', { name: 'Factures', selected: true }).waitFor();
    await everywhere('label-dialog');
    await page.keyboard.press('Escape');
    await row('Votre facture').getByText('Factures').waitFor();
    await page.getByRole('navigation', { name: 'Dossiers du courrier' }).getByRole('link', { name: 'Factures' }).click();
    await page.getByRole('heading', { name: 'Factures' }).waitFor();
    await row('Votre facture').waitFor();
    check((await page.getByRole('row').count()) === 1, 'only letters with the label are shown');
    await everywhere('label');
    await page.reload();
    await row('Votre facture').waitFor();
    await page.goto(`${run.origin}/settings/labels`);
    await page.getByLabel('Couleur de « Factures »').selectOption('green');
    await page.getByLabel('Nom de « Factures »').fill('Factures payées');
    await page.getByLabel('Nom de « Factures »').press('Enter');
    await page.getByLabel('Nom de « Factures payées »').waitFor();
    await run.go('/mail/inbox');
    await row('Votre facture').getByText('Factures payées').waitFor();
  });

  await journey('put aside until tomorrow, and back', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/mail/inbox`);
    await row('Votre facture').click();
    await page.getByRole('heading', { name: 'Votre facture' }).waitFor();
    await page.keyboard.press('b');
    await dialog().getByText('Demain matin').waitFor();
    await everywhere('snooze');
    await dialog().getByText('Demain matin').click();
    await row('Votre facture').waitFor({ state: 'detached' });
    await page.getByText('Reviendra demain').waitFor();
    await page.getByRole('link', { name: /À plus tard/ }).click();
    await row('Votre facture').getByText('demain').waitFor();
    await page.keyboard.press('z');
    await row('Votre facture').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Réception/ }).click();
    await row('Votre facture').waitFor();
  });

  await journey('a letter that leaves tomorrow, taken back', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/compose`);
    await page.getByLabel('À', { exact: true }).fill('bob@example.org,');
    await page.getByLabel('Objet').fill('Bon anniversaire');
    await page.getByRole('textbox', { name: 'Texte de la lettre' }).click();
    await page.keyboard.type('Bon anniversaire Bob !');
    await page.getByRole('button', { name: 'Envoyer plus tard' }).click();
    await dialog().getByText('Demain matin').click();
    await page.getByText('La lettre partira demain').waitFor();
    await page.getByRole('link', { name: /Envois programmés/ }).click();
    await page.getByText('Bon anniversaire').waitFor();
    await everywhere('scheduled');
    await page.getByRole('button', { name: 'Reprendre' }).click();
    await page.getByLabel('Objet').waitFor();
    check((await page.getByLabel('Objet').inputValue()) === 'Bon anniversaire', 'the letter is a draft again');
    await page.getByRole('textbox', { name: 'Texte de la lettre' }).getByText('Bon anniversaire Bob').waitFor();
    await page.getByRole('button', { name: 'Jeter ce brouillon' }).click();
    await page.getByText('Brouillon jeté').waitFor();
  });

  await journey('templates', async () => {
    const { page } = run;
    await page.goto(`${run.origin}/settings/templates`);
    await page.getByRole('button', { name: 'Nouveau modèle' }).click();
    await page.getByLabel('Nom du modèle').fill('Itinéraire');
    await page.getByLabel('Texte', { exact: true }).fill('Prenez la route du port,\npuis la deuxième à gauche.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { name: 'Itinéraire' }).waitFor();
    await everywhere('templates');
    await run.go('/compose');
    await page.getByLabel('Objet').waitFor();
    await page.getByRole('form').or(page.locator('.writing-form')).first().getByRole('button', { name: 'Plus', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Insérer un modèle' }).click();
    await dialog().getByRole('button', { name: /Itinéraire/ }).click();
    await page.getByRole('textbox', { name: 'Texte de la lettre' }).getByText('Prenez la route du port').waitFor();
    await page.getByRole('button', { name: 'Jeter ce brouillon' }).click();
  });
}
