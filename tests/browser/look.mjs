// Looks at every kind of page as its readers do: without scripts, narrow and wide,
// light and dark, on paper, by keyboard, and with axe for WCAG 2.2 AA.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const tools = createRequire(new URL("../.tools/package.json", import.meta.url));
const { chromium } = tools("playwright-core");
const axe = tools.resolve("axe-core/axe.min.js");

const base = process.argv[2].replace(/\/+$/, "");
const shots = process.argv[3];
if (shots) mkdirSync(shots, { recursive: true });

/** A day before today, as addresses have it. */
function daysAgo(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

// One of each kind of page; journeys below add those that answer a form.
const PAGES = {
  home: "/",
  search: "/search?q=refugess+rtw+checks&kind=passage",
  everything: "/search",
  "search-page-2": "/search?page=2",
  nothing: "/search?q=zzxqv&cohort=refugees",
  refused: "/search?cohort=refugee",
  "one-long-word": `/search?q=${"w".repeat(300)}`,
  toolkits: "/toolkits",
  toolkit: "/toolkits/refugees",
  section: "/toolkits/refugees/right-to-work-checks",
  template: "/toolkits/refugees/templates/right-to-work-check-record",
  checklist: "/toolkits/refugees/checklist",
  library: "/library",
  charter: "/charter",
  action: "/charter/actions/E2",
  partnerships: "/partnerships",
  partnership: "/partnerships/care",
  courses: "/courses",
  providers: "/providers",
  organisations: "/organisations",
  organisation: "/organisations/demo-ember-and-oat-kitchens",
  "organisation-history": "/organisations/demo-ember-and-oat-kitchens/history",
  "organisation-on-a-day": `/organisations/demo-ember-and-oat-kitchens?as_of=${daysAgo(5)}`,
  events: "/events",
  event: "/events/demo-visit-ambrose-field",
  "case-studies": "/case-studies",
  "case-study": "/case-studies/share-codes-instead-of-folders-fictional",
  about: "/about",
  plan: "/plan",
  match: "/match",
  problems: "/problems",
  problem: "/problems/not-found",
  lost: "/there-is-no-such-page",
};

let passed = 0;
let failed = 0;

/** Runs one check and prints a line only if it fails. */
async function check(name, run) {
  try {
    const faults = await run();
    if (faults && faults.length > 0) throw new Error(faults.join("\n    "));
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n    ${error.message}`);
  }
}

/** A page in a context of its own; `settings` as for a new context. */
async function within(browser, settings, run) {
  const context = await browser.newContext(settings);
  try {
    return await run(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Clicks what leads to another page, and waits until that page is there whole. */
async function follow(page, link) {
  await Promise.all([page.waitForEvent("load"), link.click()]);
}

const plain = (width, colorScheme = "light") => ({
  javaScriptEnabled: false,
  viewport: { width, height: width < 500 ? 640 : 860 },
  colorScheme,
});

/** What stands out of the page to the side. Runs in the page. */
function sideways() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > width + 1,
  );
  const named = wide.map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
  return [`the page is ${document.documentElement.scrollWidth} wide, not ${width}`, ...named.slice(0, 5)];
}

/** Controls and lone links smaller than 24 by 24. Runs in the page. */
function small() {
  const visible = (one) => one.checkVisibility() && !one.closest(".hidden, .skip");
  const inText = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline";
  return [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
    .filter((one) => visible(one) && !inText(one))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([one, box]) => `${one.outerHTML.slice(0, 80)} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
}

/** Everything about every page; a few pages at a time. */
async function views(browser) {
  const waiting = Object.entries(PAGES);
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await view(browser, ...next);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

async function view(browser, name, path) {
  for (const [width, scheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    await check(`${name} is shown without scripts, ${width} wide, ${scheme}`, () =>
      within(browser, plain(width, scheme), async (page) => {
        const faults = [];
        page.on("console", (line) => line.type() === "error" && !line.text().includes("status of") && faults.push(line.text()));
        await page.goto(base + path);
        if ((await page.locator("h1").count()) !== 1) faults.push("not one h1");
        if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
        return faults;
      }),
    );
  }
  await check(`${name} fits 320 pixels and 400 per cent zoom`, () =>
    within(browser, { ...plain(320), javaScriptEnabled: true }, async (page) => {
      await page.goto(base + path);
      return page.evaluate(sideways);
    }),
  );
  await check(`${name} has targets of 24 pixels or more`, () =>
    within(browser, { ...plain(320), javaScriptEnabled: true }, async (page) => {
      await page.goto(base + path);
      return page.evaluate(small);
    }),
  );
  await check(`${name} prints`, () =>
    within(browser, plain(1280, "dark"), async (page) => {
      await page.goto(base + path);
      await page.emulateMedia({ media: "print" });
      const faults = (await page.locator("header.top").isVisible()) ? ["the header is printed"] : [];
      const sheet = await page.pdf({ format: "A4", path: shots && join(shots, `${name}.pdf`) });
      if (sheet.length < 2000) faults.push("the print is empty");
      return faults;
    }),
  );
  for (const scheme of ["light", "dark"]) {
    await check(`${name} has no fault that axe can find, ${scheme}`, () =>
      within(browser, { viewport: { width: 1280, height: 860 }, colorScheme: scheme, bypassCSP: true }, async (page) => {
        await page.goto(base + path);
        return audited(page);
      }),
    );
  }
}

/** The violations that axe finds on the page as it is. */
async function audited(page) {
  await page.addScriptTag({ path: axe });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), tags);
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

async function journeys(browser) {
  await check("search, filter, page, section, template and download work without scripts", () =>
    within(browser, plain(320), async (page) => {
      await page.goto(base);
      await page.getByLabel("What do you need to know?").fill("right to work check");
      await follow(page, page.getByRole("button", { name: "Search", exact: true }));
      await page.locator("summary", { hasText: "Filter these results" }).click();
      await page.locator("#cohort_refugees").check();
      await follow(page, page.getByRole("button", { name: "Apply filters" }).first());
      if (!page.url().includes("cohort=refugees")) return ["the filter is not in the address"];
      if (!page.url().endsWith("#results")) return ["the results heading is not the target"];
      const before = await page.locator("#results").innerText();
      await follow(page, page.getByRole("link", { name: /Remove filter.*Refugees/ }));
      if ((await page.locator("#results").innerText()) === before) return ["the filter was not removed"];
      await page.goBack();
      await page.goto(`${base}/toolkits/refugees/right-to-work-checks`);
      await follow(page, page.locator("main a", { hasText: "check record" }).first());
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /Download as Word/ }).click(),
      ]);
      return file.suggestedFilename().endsWith(".docx") ? [] : [file.suggestedFilename()];
    }),
  );
  await check("a filter's count is the number of results it gives", () =>
    within(browser, plain(1280), async (page) => {
      await page.goto(`${base}/search?q=interview`);
      const count = await page.locator(".tick:has(#cohort_prison-leavers) .count").innerText();
      await page.locator("#cohort_prison-leavers").check();
      await follow(page, page.getByRole("button", { name: "Apply filters" }).first());
      const heading = await page.locator("#results").innerText();
      return heading.startsWith(`${count} result`) ? [] : [`${count}: ${heading}`];
    }),
  );
  for (const [name, width] of [["narrow", 320], ["wide", 1280]]) {
    await check(`six questions give a plan that prints, ${name}`, () =>
      within(browser, { ...plain(width), javaScriptEnabled: true, bypassCSP: true }, async (page) => {
        await page.goto(`${base}/plan?cohort=refugees`);
        const faults = (await page.locator("#cohort_refugees").isChecked()) ? [] : ["the toolkit's group is not chosen"];
        await page.locator("#size_band_small").check();
        await page.locator("#stage_check").check();
        await follow(page, page.getByRole("button", { name: "Make my plan" }));
        faults.push(...(await page.evaluate(sideways)), ...(await audited(page)));
        if ((await page.locator(".step").count()) === 0) faults.push("no steps");
        if (shots) {
          await page.screenshot({ path: join(shots, `planned-${width}.png`), fullPage: true });
          await page.pdf({ path: join(shots, "planned.pdf"), format: "A4" });
        }
        await follow(page, page.getByRole("button", { name: "Change your answers" }));
        if (!(await page.locator("#size_band_small").isChecked())) faults.push("an answer was lost");
        return faults;
      }),
    );
    await check(`a profile gives three lists with reasons, ${name}`, () =>
      within(browser, { ...plain(width), javaScriptEnabled: true, bypassCSP: true }, async (page) => {
        await page.goto(`${base}/match`);
        await page.getByLabel("What do you want to know?").fill("how do I check the right to work");
        await page.locator("#cohort_refugees").check();
        await page.getByLabel("Where are you?").fill("OX16");
        await follow(page, page.getByRole("button", { name: "Show what fits" }));
        const faults = [...(await page.evaluate(sideways)), ...(await audited(page))];
        for (const id of ["guidance", "partnerships", "actions"]) {
          if ((await page.locator(`section[aria-labelledby=${id}] .hit`).count()) === 0) faults.push(`no ${id}`);
        }
        if (shots) await page.screenshot({ path: join(shots, `matched-${width}.png`), fullPage: true });
        return faults;
      }),
    );
  }
  await check("the first tab stop skips to the content, and focus is seen", () =>
    within(browser, { ...plain(1280), javaScriptEnabled: true }, async (page) => {
      await page.goto(base);
      await page.keyboard.press("Tab");
      const skip = await page.evaluate(() => {
        const one = document.activeElement;
        const { left, top } = one.getBoundingClientRect();
        return { text: one.textContent, seen: left >= 0 && top >= 0, outline: getComputedStyle(one).outlineStyle };
      });
      await page.keyboard.press("Enter");
      const there = await page.evaluate(() => document.activeElement.id);
      const right = skip.text === "Skip to main content" && skip.seen && skip.outline !== "none";
      return right && there === "main" ? [] : [JSON.stringify({ ...skip, there })];
    }),
  );
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
  ],
});
try {
  await views(browser);
  await journeys(browser);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
