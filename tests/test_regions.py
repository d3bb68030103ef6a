"""Area codes and postcodes belong to places."""

from __future__ import annotations

import pytest

from checker.regions import is_place, own_regions, region_names, serves_area, serves_postcode


@pytest.mark.parametrize(
    ("organization", "code", "serves"),
    [
        ("长沙市水利局", "0731", True),
        ("长沙市水利局", "021", False),
        ("浙江省水利厅", "0571", True),
        ("浙江省水利厅", "0731", False),
        ("水利局", "021", True),
        ("长沙市水利局", "0999999", True),
    ],
)
def test_area(organization: str, code: str, serves: bool) -> None:
    assert serves_area(organization, code) is serves


@pytest.mark.parametrize(("code", "serves"), [("410005", True), ("200050", False), ("999999", True)])
def test_postcode(code: str, serves: bool) -> None:
    assert serves_postcode("长沙市水利局", code) is serves


def test_names() -> None:
    assert region_names("021", "area") == ("上海市",)
    assert region_names("200050", "postcode") == ("上海市",)
    assert region_names("0", "area") == ()


def test_places() -> None:
    assert is_place("长沙市") and not is_place("抓好区")
    assert own_regions("水利局") == ()
    assert len(own_regions("长春市朝阳区水利局")) == 1


def test_a_county_without_its_county_sign_begins_a_name() -> None:
    assert own_regions("中共岳阳信息职业技术学院委员会") == ()  # 阳信 is a county elsewhere
    assert len(own_regions("中共阳信教育局党组")) == 1
    assert len(own_regions("中共南京师范大学泰州学院委员会")) == 2


@pytest.mark.parametrize("organization", ["中共丰华县财政局党组", "中共云溪市财政局党组"])
def test_a_name_that_only_holds_the_name_of_a_place(organization: str) -> None:
    assert own_regions(organization) == ()  # 华县 and 云溪区 are elsewhere


def test_a_county_that_changed_its_prefecture_keeps_its_postcode() -> None:
    assert serves_postcode("中共无为市陡沟镇委员会", "238300")
    assert not serves_postcode("中共芜湖市镜湖区教育局党组", "238300")
