// Before the first paint: the chosen theme, language and text size.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('facteur.preferences') || '{}');
    const dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.lang = kept.language || ((navigator.language || 'fr').startsWith('fr') ? 'fr' : 'en');
    if (kept.textSize) document.documentElement.style.fontSize = `${kept.textSize}%`;
  } catch {
    document.documentElement.dataset.theme = 'light';
  }
})();
