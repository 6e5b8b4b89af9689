const STYLE = `
body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#eef1f5;color:#1b2430}
main{max-width:28rem;margin:3rem auto;background:#fff;border-radius:12px;padding:2rem;box-shadow:0 2px 12px #0002}
h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:.5rem 0}label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input[type=text],input[type=password]{width:100%;box-sizing:border-box;padding:.6rem;border:1px solid #8a94a3;border-radius:6px;font:inherit}
fieldset{border:1px solid #c5ccd6;border-radius:8px;margin:1rem 0;padding:.5rem 1rem}
fieldset label{font-weight:400;display:flex;gap:.6rem;align-items:center;margin:.4rem 0}
button{font:inherit;padding:.6rem 1.2rem;border-radius:6px;border:1px solid #b3122b;cursor:pointer;margin-right:.5rem}
button.primary{background:#b3122b;color:#fff}button.secondary{background:#fff;color:#b3122b}
[role=alert]{background:#fde8ea;border-left:4px solid #b3122b;padding:.6rem;margin:.75rem 0}
footer{font-size:.8rem;color:#4d5866;margin-top:1.5rem}`;

/** A division as the consent page offers it. */
export interface OfferedDivision {
  readonly code: number;
  readonly description: string;
}

/** The login page; the message is shown when an attempt failed. */
export function loginPage(request: string, message?: string): string {
  return page(
    'Inloggen',
    `<h1>Inloggen bij Exact Online</h1>${alert(message)}
<form method="post" action="/login">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<label for="username">Gebruikersnaam</label>
<input id="username" name="username" type="text" autocomplete="username" required autofocus>
<label for="password">Wachtwoord</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<p><button class="primary" type="submit">Inloggen</button></p>
</form>`,
  );
}

/** The consent page: which divisions the app may reach. */
export function consentPage(content: {
  readonly request: string;
  readonly user: string;
  readonly divisions: readonly OfferedDivision[];
  readonly message?: string;
}): string {
  const boxes = content.divisions
    .map(
      ({ code, description }) =>
        `<label><input type="checkbox" name="division" value="${code}" checked> ${code} - ${escapeHtml(description)}</label>`,
    )
    .join('\n');
  return page(
    'Toestemming',
    `<h1>Toegang tot uw administraties</h1>${alert(content.message)}
<p>De app vraagt, namens <strong>${escapeHtml(content.user)}</strong>, toegang tot relaties, contactpersonen en
financiële gegevens. Kies de administraties waarvoor u toestemming geeft.</p>
<form method="post" action="/consent">
<input type="hidden" name="request" value="${escapeHtml(content.request)}">
<fieldset><legend>Administraties</legend>
${boxes}
</fieldset>
<button class="primary" type="submit" name="decision" value="allow">Toestaan</button>
<button class="secondary" type="submit" name="decision" value="deny">Weigeren</button>
</form>`,
  );
}

/** A page that says what went wrong. */
export function problemPage(title: string, text: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p role="alert">${escapeHtml(text)}</p>`);
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function alert(message: string | undefined): string {
  return message === undefined ? '' : `<p role="alert">${escapeHtml(message)}</p>`;
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} - Exact Online (nagebootst)</title><style>${STYLE}</style></head>
<body><main>${content}
<footer>Nagebootste Exact Online op uw eigen machine. Geen echte gegevens.</footer></main></body></html>`;
}
