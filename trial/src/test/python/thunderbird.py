"""Drives Thunderbird, without a screen, through Marionette, on a new profile.

    thunderbird.py imap|pop3 USER PASSWORD IMAP POP3 SUBMISSION SMTP CONTROL HOME

The numbers are ports of this machine. Ends with status 0 when the person saw what was expected.
"""

import json
import os
import smtplib
import socket
import subprocess
import sys
import time

KIND, USER, PASSWORD = sys.argv[1:4]
IMAP, POP3, SUBMISSION, SMTP, CONTROL = map(int, sys.argv[4:9])
HOME = sys.argv[9]

PREFERENCES = {
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.account.account2.server": "server2",
    "mail.server.server1.type": KIND,
    "mail.server.server1.name": "trial",
    "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.port": IMAP if KIND == "imap" else POP3,
    "mail.server.server1.userName": USER,
    "mail.server.server1.socketType": 0,
    "mail.server.server1.authMethod": 3,
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    # What Thunderbird does by default with POP3, and the box people tick beside it.
    "mail.server.server1.leave_on_server": True,
    "mail.server.server1.delete_mail_left_on_server": True,
    "mail.server.server2.type": "none",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.userName": "nobody",
    "mail.identity.id1.useremail": USER,
    "mail.identity.id1.fullName": "Trial",
    "mail.identity.id1.valid": True,
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.type": "smtp",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.port": SUBMISSION,
    "mail.smtpserver.smtp1.username": USER,
    "mail.smtpserver.smtp1.authMethod": 3,
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "mailnews.database.global.indexer.enabled": False,
    "app.donation.eoy.version.viewed": 999,
    "app.update.auto": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.proxy.type": 0,
    "network.manage-offline-status": False,
    "offline.autoDetect": False,
    "marionette.port": CONTROL,
}

# Words for the scripts below. A folder is found by its role or its name.
WORDS = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const server = MailServices.accounts.accounts.map(a => a.incomingServer).find(s => s.type != "none");
const inbox = () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
const trash = () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Trash);
const find = name => server.rootFolder.descendants.find(f => f.name == name);
const heads = folder => [...folder.messages];
const subjects = folder => heads(folder).map(h => h.mime2DecodedSubject).sort();
const done = (interfaces, more) => new Promise((ok, no) => {
  const end = code => code ? no(new Error("code " + code.toString(16))) : ok();
  more(Object.assign({ QueryInterface: ChromeUtils.generateQI(interfaces) }, {
    OnStartRunningUrl() {}, OnStopRunningUrl: (_, code) => end(code),
    onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() {}, onStopCopy: end,
    onStartSending() {}, onStatus() {}, onGetDraftFolderURI() {}, onStopSending: (_, code) => end(code),
    onSendNotPerformed: () => no(new Error("not sent")), onTransportSecurityError: () => no(new Error("no TLS")),
  }));
});
const url = more => done(["nsIUrlListener"], more);
const get = folder => url(end => server.type == "pop3"
  ? MailServices.pop3.GetNewMail(null, end, folder, server.QueryInterface(Ci.nsIPop3IncomingServer))
  : MailServices.imap.selectFolder(folder, end, null));
const source = (folder, head) => new Promise((ok, no) => {
  let text = "";
  const uri = folder.getUriForMsg(head);
  MailServices.messageServiceFromURI(uri).streamMessage(uri, {
    QueryInterface: ChromeUtils.generateQI(["nsIStreamListener"]),
    onStartRequest() {},
    onStopRequest: (_, code) => code ? no(new Error("code " + code.toString(16))) : ok(text),
    onDataAvailable(_, stream, offset, count) {
      const input = Cc["@mozilla.org/scriptableinputstream;1"].createInstance(Ci.nsIScriptableInputStream);
      input.init(stream);
      text += input.read(count);
    } }, null, null, false, "");
});
const moment = () => new Promise(ok => {
  const timer = Cc["@mozilla.org/timer;1"].createInstance(Ci.nsITimer);
  globalThis.timers = [...(globalThis.timers || []), timer];
  timer.initWithCallback(() => ok(), 100, 0);
});
const until = async (what, test) => {
  for (let i = 0; i < 400; i++) {
    if (await test()) return;
    await moment();
  }
  throw new Error("never: " + what);
};
"""


class Thunderbird:
    """One program with its profile."""

    def __init__(self):
        with open(os.path.join(HOME, "user.js"), "w") as out:
            for name, value in PREFERENCES.items():
                out.write("user_pref(%s, %s);\n" % (json.dumps(name), json.dumps(value)))
        command = ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access",
                   "--no-remote", "--profile", HOME]
        with open(os.path.join(HOME, "thunderbird.log"), "w") as log:
            self.process = subprocess.Popen(command, env=dict(os.environ, MOZ_HEADLESS="1"), stdout=log, stderr=log)

    def connect(self):
        for _ in range(600):
            try:
                self.line = socket.create_connection(("127.0.0.1", CONTROL), 5)
                break
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit("Thunderbird has ended")
                time.sleep(0.1)
        self.line.settimeout(100)
        self.input = self.line.makefile("rb")
        self.number = 0
        self.read()
        self.ask("WebDriver:NewSession", {"capabilities": {}})
        self.ask("Marionette:SetContext", {"value": "chrome"})
        self.ask("WebDriver:SetTimeouts", {"script": 90_000})

    def read(self):
        size = b""
        while not size.endswith(b":"):
            octet = self.input.read(1)
            if not octet:
                raise SystemExit("Thunderbird has gone")
            size += octet
        return json.loads(self.input.read(int(size[:-1])))

    def ask(self, name, parameters):
        self.number += 1
        octets = json.dumps([0, self.number, name, parameters]).encode()
        self.line.sendall(b"%d:%s" % (len(octets), octets))
        _, _, fault, answer = self.read()
        if fault:
            raise SystemExit("%s: %s" % (name, fault))
        return answer

    def run(self, script, *arguments):
        """Runs a script in Thunderbird and gives what it returns."""
        whole = ("const end = arguments[arguments.length - 1], args = arguments; (async () => {" + WORDS + script
                 + "})().then(value => end({ value }), fault => end({ fault: String(fault) + fault.stack }));")
        answer = self.ask("WebDriver:ExecuteAsyncScript",
                          {"script": whole, "args": list(arguments), "sandbox": "system"})["value"]
        if "fault" in answer:
            raise SystemExit(script + "\n" + answer["fault"])
        return answer.get("value")

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def send(subjects):
    with smtplib.SMTP("127.0.0.1", SMTP) as line:
        for subject in subjects:
            letter = "From: x@elsewhere.example\r\nTo: %s\r\nSubject: %s\r\n\r\n.point\r\nBonjour\r\n" % (USER, subject)
            line.sendmail("x@elsewhere.example", [USER], letter)


def expect(seen, wanted):
    if seen != wanted:
        raise SystemExit("seen %r instead of %r" % (seen, wanted))


def imap(bird):
    send(["=?utf-8?q?=C3=A9t=C3=A9?= %d" % i for i in range(3)])
    bird.run("""
      await url(end => MailServices.imap.discoverAllFolders(server.rootFolder, end, null));
      await until("three letters", async () => { await get(inbox()); return heads(inbox()).length == 3; });""")
    expect(bird.run("return subjects(inbox())"), ["été 0", "été 1", "été 2"])
    body = bird.run("return await source(inbox(), heads(inbox())[0])")
    expect(body.replace("\r", "").endswith("\n\n.point\nBonjour\n"), True)
    bird.run("""
      const [first, second, third] = heads(inbox());
      inbox().markMessagesRead([first], true);
      inbox().markMessagesFlagged([second], true);
      inbox().addKeywordsToMessages([third], "$label1");
      server.rootFolder.createSubfolder("Été 2026", null);
      await until("the folder", () => find("Été 2026"));
      await done(["nsIMsgCopyServiceListener"], end => MailServices.copy.copyMessages(
        inbox(), [first], find("Été 2026"), true, end, null, false));
      await until("moved", async () => { await get(inbox()); return heads(inbox()).length == 2; });
      inbox().deleteMessages([heads(inbox())[0]], null, false, true, null, false);
      await until("deleted", async () => { await get(inbox()); return heads(inbox()).length == 1; });
      await until("arrived", async () => { await get(find("Été 2026")); return heads(find("Été 2026")).length == 1; });
      await until("in the trash", async () => { await get(trash()); return heads(trash()).length == 1; });""")
    expect(bird.run("return [inbox(), find('Été 2026'), trash()].map(subjects)"), [["été 2"], ["été 0"], ["été 1"]])


def pop3(bird):
    send(["lettre %d" % i for i in range(3)])
    bird.run("await get(inbox())")
    expect(bird.run("return subjects(inbox())"), ["lettre 0", "lettre 1", "lettre 2"])
    body = bird.run("return await source(inbox(), heads(inbox())[1])")
    expect(body.replace("\r", "").endswith("\n\n.point\nBonjour\n"), True)
    bird.run("await get(inbox())")
    expect(bird.run("return subjects(inbox())"), ["lettre 0", "lettre 1", "lettre 2"])
    # Deleted here, it is deleted there with the next look.
    bird.run("""
      inbox().deleteMessages([heads(inbox())[0]], null, true, false, null, false);
      await until("deleted", () => heads(inbox()).length == 2);
      await get(inbox());""")
    bird.run("""
      const account = MailServices.accounts.accounts.find(a => a.incomingServer == server);
      const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
      fields.from = fields.to = args[0];
      const file = Services.dirsvc.get("ProfD", Ci.nsIFile);
      file.append("own.eml");
      await IOUtils.writeUTF8(file.path, ["From: " + args[0], "To: " + args[0], "Subject: de moi",
        "Message-ID: <own@trial.example>", "Date: Sun, 22 Nov 2026 10:00:00 +0000", "", "Bonjour", ""].join("\\r\\n"));
      const sender = Cc["@mozilla.org/messengercompose/send;1"].createInstance(Ci.nsIMsgSend);
      await done(["nsIMsgSendListener"], end => sender.sendMessageFile(account.defaultIdentity, account.key, fields,
        file, false, false, Ci.nsIMsgSend.nsMsgDeliverNow, null, end, null, ""));
      await until("the own letter", async () => { await get(inbox()); return heads(inbox()).length == 3; });""", USER)
    expect(bird.run("return subjects(inbox())"), ["de moi", "lettre 1", "lettre 2"])


bird = Thunderbird()
try:
    bird.connect()
    bird.run("""
      const Login = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", Ci.nsILoginInfo, "init");
      for (const scheme of ["mailbox", "imap", "smtp"]) {
        const place = scheme + "://127.0.0.1";
        await Services.logins.addLoginAsync(new Login(place, null, place, args[0], args[1], "", ""));
      }""", USER, PASSWORD)
    {"imap": imap, "pop3": pop3}[KIND](bird)
finally:
    bird.end()
