// Progressive enhancement only: every page works without this file.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A scroller is in the tab order only while it has something to scroll.
const mark = (region) => {
  if (region.scrollWidth > region.clientWidth) region.setAttribute("tabindex", "0");
  else region.removeAttribute("tabindex");
};
const watch = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
document.querySelectorAll(".app-scroller").forEach((region) => watch.observe(region));

// The filter panel is open without script; on a narrow screen it starts closed so that results come first.
const narrow = window.matchMedia("(max-width: 40.0525em)");
document.querySelectorAll("details.app-filter__details").forEach((panel) => {
  panel.open = !narrow.matches || panel.dataset.active === "true";
});
