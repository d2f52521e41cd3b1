// Letters by SMTP, as another server brings them.
import { connect } from 'node:net';

/** Delivers a letter; fails when it is not taken. */
export function deliver(port, { from, to, letter }) {
  const lines = ['EHLO client.example.net', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', null, 'QUIT'];
  const text = letter.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return new Promise((resolve, reject) => {
    const line = connect(port, '127.0.0.1');
    let buffer = '';
    let step = -1;
    line.setTimeout(20_000, () => line.destroy(new Error('SMTP: silence')));
    line.on('error', reject);
    line.on('data', (data) => {
      buffer += data;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const answer = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (answer[3] === '-') continue;
        if (!/^[23]/.test(answer)) {
          line.destroy();
          reject(new Error(`SMTP: ${answer}`));
          return;
        }
        step++;
        if (step >= lines.length) {
          line.end();
          resolve();
          return;
        }
        line.write(lines[step] === null ? `${text}\r\n.\r\n` : `${lines[step]}\r\n`);
      }
    });
  });
}

let serial = 0;

/** A letter with its header. */
export function letter({ from, to = 'Alice Durand <alice@example.org>', subject, text = null, html = null, files = [], fields = [] }) {
  const boundary = `b${++serial}x${Date.now()}`;
  const parts = [];
  if (text !== null) parts.push(`Content-Type: text/plain; charset=utf-8\n\n${text}`);
  if (html !== null) parts.push(`Content-Type: text/html; charset=utf-8\n\n${html}`);
  const encoded = /^[\x20-\x7e]*$/.test(subject) ? subject : `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
  const head = [
    `From: ${word(from)}`, `To: ${word(to)}`, `Subject: ${encoded}`, `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${serial}.${Date.now()}@client.example.net>`, 'MIME-Version: 1.0', ...fields,
  ];
  const inside = (kind, list, name) => `Content-Type: multipart/${kind}; boundary="${name}"\n\n${list.map((part) => `--${name}\n${part}\n`).join('')}--${name}--\n`;
  let body = parts.length === 1 ? parts[0] : inside('alternative', parts, boundary);
  if (files.length) {
    const attached = files.map(
      (file) =>
        `Content-Type: ${file.type}; name="${file.name}"\nContent-Disposition: ${file.cid ? 'inline' : 'attachment'}; filename="${file.name}"\n${file.cid ? `Content-ID: <${file.cid}>\n` : ''}Content-Transfer-Encoding: base64\n\n${Buffer.from(file.data).toString('base64').replace(/(.{76})/g, '$1\n')}`,
    );
    body = inside(files.some((file) => file.cid) ? 'related' : 'mixed', [body, ...attached], `m${boundary}`);
  }
  const mark = body.indexOf('\n\n');
  return `${head.join('\n')}\n${body.slice(0, mark)}${parts.length === 1 && !files.length ? '\nContent-Transfer-Encoding: 8bit' : ''}${body.slice(mark)}`;
}

function word(address) {
  const open = address.indexOf('<');
  if (open <= 0 || /^[\x20-\x7e]*$/.test(address)) return address;
  return `=?UTF-8?B?${Buffer.from(address.slice(0, open).trim()).toString('base64')}?= ${address.slice(open)}`;
}
